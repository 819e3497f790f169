using System.Diagnostics;
using System.Globalization;
using GaoXin.Portal.Catalogue.Exchange;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Benchmarks.Catalogue;

/// <summary>Bulk exchange of items: the dry run of a file, its drafts, their publication in one step, and the export of everything.</summary>
internal sealed class ExchangeBenchmark : IBenchmark
{
    private const double TargetSeconds = 20;
    private static readonly TestUser Writer = TestUsers.Staff(Roles.CatalogueEditor);
    private static readonly TestUser Second = TestUsers.Staff(Roles.CatalogueEditor);

    public async Task RunAsync(BenchmarkOptions options, Report report, CancellationToken ct)
    {
        report.Heading($"Exchange: {options.Items.ToString("N0", CultureInfo.InvariantCulture)} items");
        var rows = new List<IReadOnlyList<string>>();
        foreach (var format in Enum.GetValues<ExchangeFormat>())
            rows.Add(await Exchange(format, options, ct));
        report.Table(["file", "KB", "dry run s", "write s", "publish s", "export s", "all s", "target s", "met"], rows);
        report.Line("Every item is new and differs from every other by its code and name; the file holds all elements of a seeded item.");
    }

    private static async Task<IReadOnlyList<string>> Exchange(ExchangeFormat format, BenchmarkOptions options, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync();
        var (name, file) = await Items(host, format, options.Items, ct);
        var seconds = new List<double>();
        var import = await Timed(seconds, () => host.Send(new CheckImport { FileName = name, File = file }, Writer));
        var found = (await host.Send(new GetImport(import), Writer)).Report;
        if (found.Faults.Count > 0 || found.Added.Count != options.Items)
            throw new InvalidOperationException($"{found.Added.Count} items were read, with {found.Faults.Count} faults: {found.Faults.FirstOrDefault()}");
        await Timed(seconds, () => host.Send(new WriteImport(import), Writer));
        await Timed(seconds, () => host.Send(new ApproveImport(import), Second));
        await Timed(seconds, () => host.Send(new ExportCatalogue(format), Writer));
        return
        [
            format.ToString(), Report.Figure(file.Length / 1024.0), .. seconds.Select(Report.Figure),
            Report.Figure(seconds.Sum()), Report.Figure(TargetSeconds), Report.Met(seconds.Sum() <= TargetSeconds),
        ];
    }

    /// <summary>Copies of a seeded item without a form, as the exchange itself writes them.</summary>
    private static Task<(string Name, byte[] File)> Items(BenchmarkHost host, ExchangeFormat format, int count, CancellationToken ct) => host.InScope(async services =>
    {
        var template = (await services.GetRequiredService<ImportReading>().Current(ct)).Values.First(v => v.Item.Get("form_fields").Length == 0 && !v.Item.Others().Any(o => o.Key == "pages")).Item;
        var copies = Enumerable.Range(1, count).Select(i =>
        {
            var copy = ItemDocument.Parse(template.ToJson().Replace($"\"code\":\"{template.Code}\"", $"\"code\":\"copy-{i}\"", StringComparison.Ordinal));
            copy.Set(ItemElements.Named("title"), $"{template.Title}{i}");
            return copy;
        }).ToList();
        if (format == ExchangeFormat.Yaml)
            return ("items.zip", await Zip(services, copies, ct));
        var tables = ItemTables.Of(copies, await services.GetRequiredService<IMediator>().Send(new GetItemNames(), ct));
        return format == ExchangeFormat.Csv ? ("items.zip", CsvFiles.WriteZip(tables)) : ("items.xlsx", Workbooks.Write(tables));
    });

    private static async Task<byte[]> Zip(IServiceProvider services, IReadOnlyList<ItemDocument> items, CancellationToken ct)
    {
        var (_, schema) = await services.GetRequiredService<Portal.Catalogue.Editing.DefinitionsBeside>().Get(services.GetRequiredService<Persistence.Seeds.SeedReader>(), ct);
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var item in items)
                Zips.Add(zip, $"services/{item.Code}/1.yaml", System.Text.Encoding.UTF8.GetBytes(YamlText.Write(item.AsVersion(1, new DateOnly(2026, 1, 1)), schema)));
        }

        return stream.ToArray();
    }

    private static async Task<T> Timed<T>(List<double> seconds, Func<Task<T>> work)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = await work();
        seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        return result;
    }
}
