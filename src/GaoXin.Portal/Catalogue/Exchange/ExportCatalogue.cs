using System.Globalization;
using System.IO.Compression;
using System.Text;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>How items are written.</summary>
public enum ExchangeFormat
{
    /// <summary>One Excel workbook.</summary>
    Xlsx,

    /// <summary>A zip with a CSV file a table.</summary>
    Csv,

    /// <summary>A zip with a definition file an item: all there is, online forms too.</summary>
    Yaml,
}

/// <summary>导出 the newest version of every item. What is imported again unchanged changes nothing.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record ExportCatalogue(ExchangeFormat Format) : IQuery<ExportedCatalogue>;

/// <summary>空表: the sheets without items, and a sheet that says what may be written; of YAML, one file to copy from.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record GetImportTemplate(ExchangeFormat Format) : IQuery<ExportedCatalogue>;

/// <summary>A file to download.</summary>
public sealed record ExportedCatalogue(string FileName, string ContentType, byte[] Content, int Items);

internal sealed class ExportCatalogueHandler(ImportReading reading, DefinitionsBeside beside, SeedReader reader, IMediator mediator, TimeProvider clock)
    : IRequestHandler<ExportCatalogue, ExportedCatalogue>, IRequestHandler<GetImportTemplate, ExportedCatalogue>
{
    public async Task<ExportedCatalogue> Handle(ExportCatalogue request, CancellationToken ct)
    {
        var current = (await reading.Current(ct)).Values;
        var name = $"catalogue-{clock.Today().ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
        if (request.Format == ExchangeFormat.Yaml)
            return await Yaml(name, current, ct);
        return Sheets(request.Format, name, ItemTables.Of([.. current.Select(v => v.Item)], await mediator.Send(new GetItemNames(), ct)), current.Count);
    }

    public async Task<ExportedCatalogue> Handle(GetImportTemplate request, CancellationToken ct)
    {
        const string Name = "catalogue-template";
        var names = await mediator.Send(new GetItemNames(), ct);
        return request.Format == ExchangeFormat.Yaml
            ? await Yaml(Name, [new CurrentItem(ItemTables.Example(names), 1, clock.Today())], ct)
            : Sheets(request.Format, Name, [.. ItemTables.Of([], names), ItemTables.Help(names)], 0);
    }

    private static ExportedCatalogue Sheets(ExchangeFormat format, string name, IReadOnlyList<Table> tables, int items) => format == ExchangeFormat.Csv
        ? new ExportedCatalogue($"{name}-csv.zip", "application/zip", CsvFiles.WriteZip(tables), items)
        : new ExportedCatalogue($"{name}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Workbooks.Write(tables), items);

    private async Task<ExportedCatalogue> Yaml(string name, IReadOnlyCollection<CurrentItem> items, CancellationToken ct)
    {
        var (_, schema) = await beside.Get(reader, ct);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (item, version, day) in items)
                Zips.Add(zip, $"services/{item.Code}/{version}.yaml", Encoding.UTF8.GetBytes(YamlText.Write(item.AsVersion(version, day), schema)));
        }

        return new ExportedCatalogue($"{name}-yaml.zip", "application/zip", stream.ToArray(), items.Count);
    }
}
