using System.IO.Compression;
using System.Text;
using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.EntityFrameworkCore;

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

/// <summary>A file to download.</summary>
public sealed record ExportedCatalogue(string FileName, string ContentType, byte[] Content, int Items);

internal sealed class ExportCatalogueHandler(PortalDbContext db, ImportReading reading, DefinitionsBeside beside, SeedReader reader, IMediator mediator, TimeProvider clock)
    : IRequestHandler<ExportCatalogue, ExportedCatalogue>
{
    private const string Zip = "application/zip";

    public async Task<ExportedCatalogue> Handle(ExportCatalogue request, CancellationToken ct)
    {
        var current = await reading.Current(ct);
        var day = clock.Today().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        if (request.Format == ExchangeFormat.Yaml)
            return new ExportedCatalogue($"catalogue-{day}-yaml.zip", Zip, await Yaml(ct), current.Count);
        var names = await mediator.Send(new GetItemNames(), ct);
        var tables = ItemTables.Of([.. current.Values.Select(v => v.Item)], names);
        return request.Format == ExchangeFormat.Csv
            ? new ExportedCatalogue($"catalogue-{day}-csv.zip", Zip, CsvFiles.WriteZip(tables), current.Count)
            : new ExportedCatalogue($"catalogue-{day}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Workbooks.Write(tables), current.Count);
    }

    private async Task<byte[]> Yaml(CancellationToken ct)
    {
        var (_, schema) = await beside.Get(reader, ct);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (item, version) in (await reading.Current(ct)).Values)
            {
                var day = await db.ServiceVersions.Where(v => v.Code == item.Code && v.Version == version).Select(v => v.EffectiveFrom).SingleAsync(ct);
                Zips.Add(zip, $"services/{item.Code}/{version}.yaml", Encoding.UTF8.GetBytes(YamlText.Write(item.AsVersion(version, day), schema)));
            }
        }

        return stream.ToArray();
    }
}
