using System.Globalization;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>What a file would do: the contents to be drafted, with the version each grew from, and the report.</summary>
internal sealed record ImportPlan(IReadOnlyList<(ItemDocument Item, int? BaseVersion)> Items, ImportReport Report);

/// <summary>The newest content of an item.</summary>
internal sealed record CurrentItem(ItemDocument Item, int Version, DateOnly EffectiveFrom);

/// <summary>Reads a file, compares it with what is in force and checks everything that would change. Writes nothing.</summary>
internal sealed class ImportReading(PortalDbContext db, ItemCheck check, IMediator mediator, TimeProvider clock)
{
    private const int MostFaults = 500;

    public async Task<ImportPlan> Plan(string fileName, byte[] file, string? missingReason, string? missingBasis, CancellationToken ct)
    {
        var names = await mediator.Send(new GetItemNames(), ct);
        var current = await Current(ct);
        var contents = current.ToDictionary(p => p.Key, p => p.Value.Item);
        var read = Read(fileName, file, contents, names);
        var missing = !read.ListsItems ? [] : current.Where(p => !read.Items.ContainsKey(p.Key) && p.Value.Item.Get("cancelled.reason").Length == 0).ToList();
        var changed = Compare(read, contents, names);
        var cancelled = missingReason is null ? [] : missing.Select(p => Cancelled(p.Value.Item, missingReason, missingBasis ?? "")).ToList();
        var drafted = changed.Select(c => read.Items[c.Code]).Concat(cancelled).ToList();
        var faults = read.Faults.Concat(await Faults(read, drafted, ct)).Concat(await Locked(drafted, current, ct));
        var report = new ImportReport
        {
            Added = [.. changed.Where(c => !current.ContainsKey(c.Code))],
            Changed = [.. changed.Where(c => current.ContainsKey(c.Code))],
            Missing = [.. missing.Select(p => new ImportedItem(p.Key, p.Value.Item.Title, []))],
            Unchanged = read.Items.Count - changed.Count,
            Faults = [.. faults.Distinct().OrderBy(f => f.Sheet, StringComparer.Ordinal).ThenBy(f => f.Row).Take(MostFaults)],
        };
        return new ImportPlan([.. drafted.Select(d => (d, current.TryGetValue(d.Code, out var old) ? old.Version : (int?)null))], report);
    }

    /// <summary>The newest content of every item, scheduled ones too: that is what the next version follows.</summary>
    public async Task<Dictionary<string, CurrentItem>> Current(CancellationToken ct)
    {
        var versions = db.Set<ServiceVersion>();
        var rows = await versions.AsNoTracking().Where(v => v.WithdrawnAt == null
                && !versions.Any(n => n.Code == v.Code && n.Version > v.Version && n.WithdrawnAt == null))
            .OrderBy(v => v.Department).ThenBy(v => v.Code).Select(v => new { v.Code, v.Version, v.EffectiveFrom, v.Content }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Code, r => new CurrentItem(ItemDocument.Parse(r.Content), r.Version, r.EffectiveFrom));
    }

    private static ImportedItems Read(string fileName, byte[] file, IReadOnlyDictionary<string, ItemDocument> current, ItemNames names)
    {
        try
        {
            return Path.GetExtension(fileName).ToLowerInvariant() switch
            {
                ".xlsx" => new TableImport(current, names).Read(Workbooks.Read(file)),
                ".csv" => new TableImport(current, names).Read([CsvFiles.Read(ItemTables.Main, TextFiles.Read(file))]),
                ".yaml" or ".yml" => YamlImport.Read([(fileName, TextFiles.Read(file))]),
                ".zip" => ReadZip(Zips.Texts(file), current, names),
                var other => throw new RefusedException(EditingRefusals.FileNotReadable($"不认识“{other}”，请用 .xlsx、.csv、.yaml 或装着它们的 .zip。")),
            };
        }
        catch (Exception broken) when (broken is InvalidDataException or FormatException or IOException or System.Xml.XmlException or ArgumentException or InvalidOperationException)
        {
            throw new RefusedException(EditingRefusals.FileNotReadable("文件坏了，或者改过扩展名。请重新导出或另存一份。"));
        }
    }

    private static ImportedItems ReadZip(IReadOnlyList<(string Name, string Text)> files, IReadOnlyDictionary<string, ItemDocument> current, ItemNames names)
    {
        var tables = files.Where(f => f.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)).ToList();
        return tables.Count > 0
            ? new TableImport(current, names).Read([.. tables.Select(f => CsvFiles.Read(Path.GetFileNameWithoutExtension(f.Name), f.Text))])
            : YamlImport.Read([.. files.Where(f => Path.GetExtension(f.Name) is ".yaml" or ".yml")]);
    }

    private static List<ImportedItem> Compare(ImportedItems read, IReadOnlyDictionary<string, ItemDocument> current, ItemNames names) =>
        [.. read.Items.Select(i => new ImportedItem(i.Key, i.Value.Title, ItemDiff.Between(current.GetValueOrDefault(i.Key), i.Value, names))).Where(i => i.Changes.Count > 0)];

    private ItemDocument Cancelled(ItemDocument item, string reason, string basis)
    {
        var copy = item.Copy();
        copy.Set(ItemElements.Named("cancelled.on"), clock.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        copy.Set(ItemElements.Named("cancelled.reason"), reason);
        copy.Set(ItemElements.Named("cancelled.basis"), basis);
        return copy;
    }

    private async Task<IEnumerable<ImportFault>> Faults(ImportedItems read, List<ItemDocument> drafted, CancellationToken ct)
    {
        // A cell that could not be read is empty in the item: it is told once, not as missing too.
        var unread = read.Faults.Select(f => (f.Sheet, f.Row, f.Column)).ToHashSet();
        var found = await check.Faults([.. drafted.Select(d => d.AsVersion(1, clock.Today(), d.Code + ItemDocument.Separator))], ct);
        return found.Select(f =>
        {
            var parts = f.File.Split(ItemDocument.Separator);
            var path = ItemFaultWords.PathOf(f with { File = parts.Length > 1 ? parts[1] : "" });
            var (sheet, row, column) = read.PlaceOf(parts[0], path);
            var (message, fix) = ItemFaultWords.Words(f);
            return new ImportFault(sheet, row, column, message, fix);
        }).Where(f => !unread.Contains((f.Sheet, f.Row, f.Column)));
    }

    /// <summary>An item that somebody is changing can not be overwritten.</summary>
    private async Task<IEnumerable<ImportFault>> Locked(List<ItemDocument> drafted, Dictionary<string, CurrentItem> current, CancellationToken ct)
    {
        var codes = drafted.Select(d => d.Code).ToHashSet();
        var open = await db.ItemDrafts.AsNoTracking()
            .Where(d => d.Status == DraftStatus.Draft || d.Status == DraftStatus.Submitted || d.Status == DraftStatus.Reviewed)
            .Select(d => new { d.Code, d.Title, d.WrittenByName }).ToListAsync(ct);
        return open.Where(d => codes.Contains(d.Code)).Select(d => new ImportFault(ItemTables.Main, 0, ItemTables.CodeHeading,
            $"“{(current.TryGetValue(d.Code, out var known) ? known.Item.Title : d.Title)}”正由{d.WrittenByName}修改", "请先发布或放弃那份草稿"));
    }
}
