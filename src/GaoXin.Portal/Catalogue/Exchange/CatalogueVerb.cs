using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary><c>-- catalogue export</c> and <c>-- catalogue import</c>: the same exchange as on the staff pages.</summary>
internal sealed class CatalogueVerb(IServiceScopeFactory scopes) : ICommandLineVerb
{
    public string Name => "catalogue";

    public IReadOnlyList<string> Usage =>
    [
        "catalogue export FILE              writes all items: .xlsx, .csv.zip or .zip (definition files)",
        "catalogue import FILE [--write]    shows what a file would change; --write makes drafts that an editor publishes",
    ];

    public bool NeedsDatabase(string[] arguments) => arguments.Length >= 2;

    public async Task<int> Run(string[] arguments, TextWriter output, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.ActAs(SystemUser.Instance);
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        switch (arguments)
        {
            case ["export", var file]:
                return await Export(mediator, file, output, ct);
            case ["import", var file]:
                return await Import(mediator, file, write: false, output, ct);
            case ["import", var file, "--write"]:
                return await Import(mediator, file, write: true, output, ct);
            default:
                foreach (var line in Usage)
                    await output.WriteLineAsync(line);
                return 2;
        }
    }

    private static async Task<int> Export(IMediator mediator, string file, TextWriter output, CancellationToken ct)
    {
        var format = file.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? ExchangeFormat.Xlsx
            : file.EndsWith(".csv.zip", StringComparison.OrdinalIgnoreCase) ? ExchangeFormat.Csv : ExchangeFormat.Yaml;
        var exported = await mediator.Send(new ExportCatalogue(format), ct);
        await File.WriteAllBytesAsync(file, exported.Content, ct);
        await output.WriteLineAsync($"{exported.Items} items written.");
        return 0;
    }

    private static async Task<int> Import(IMediator mediator, string file, bool write, TextWriter output, CancellationToken ct)
    {
        try
        {
            var id = await mediator.Send(new CheckImport { FileName = Path.GetFileName(file), File = await File.ReadAllBytesAsync(file, ct) }, ct);
            var import = await mediator.Send(new GetImport(id), ct);
            await Report(import.Report, output);
            if (import.Report.Faults.Count > 0)
                return 1;
            await mediator.Send(write ? new WriteImport(id) : (IRequest<Unit>)new DiscardImport(id), ct);
            await output.WriteLineAsync(write ? "Drafts are written. An editor reviews and publishes them." : "Nothing was written. Add --write to import.");
            return 0;
        }
        catch (RefusedException refused)
        {
            await output.WriteLineAsync(string.Join('\n', refused.Refusals.Select(r => r.Message)));
            return 1;
        }
    }

    private static async Task Report(ImportReport report, TextWriter output)
    {
        foreach (var fault in report.Faults)
            await output.WriteLineAsync($"{fault.Sheet}:{fault.Row}{(fault.Column.Length == 0 ? "" : $" [{fault.Column}]")}: {fault.Message}. {fault.Fix}");
        foreach (var item in report.Added)
            await output.WriteLineAsync($"+ {item.Code} {item.Title}");
        foreach (var change in report.Changed.SelectMany(i => i.Changes.Select(c => (i.Code, c))))
            await output.WriteLineAsync($"~ {change.Code} {change.c.Element}: {OneLine(change.c.Old)} -> {OneLine(change.c.New)}");
        foreach (var item in report.Missing)
            await output.WriteLineAsync($"- {item.Code} {item.Title}");
        await output.WriteLineAsync($"{report.Added.Count} added, {report.Changed.Count} changed, {report.Missing.Count} not in the file, {report.Unchanged} unchanged, {report.Faults.Count} faults.");
    }

    private static string OneLine(string text) => text.Replace('\n', '；');
}
