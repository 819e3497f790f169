using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>Imports, newest first.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record GetImports : IQuery<Page<ImportLine>>
{
    /// <summary>The cursor of the page before; null for the first.</summary>
    public string? After { get; init; }
}

/// <summary>One import with its report. Not found when there is none.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record GetImport(Guid ImportId) : IQuery<ImportView>;

/// <summary>An import as listed.</summary>
public sealed record ImportLine(Guid Id, string FileName, ImportStatus Status, string ImportedBy, DateTimeOffset ImportedAt);

/// <summary>An import with its report and what this person may do.</summary>
public sealed record ImportView(ImportLine Line, ImportReport Report, string? CancelReason, string? ApprovedBy, DateTimeOffset? PublishedAt, string? UndoneBy, DateTimeOffset? UndoneAt)
{
    /// <summary>True when this person may publish it: somebody else imported it.</summary>
    public required bool MayApprove { get; init; }

    /// <summary>True when this person may turn it into drafts: who checked it, while it has no fault and changes something.</summary>
    public required bool MayWrite { get; init; }
}

internal sealed class GetImportsHandler(PortalDbContext db, ICurrentUser user) : IRequestHandler<GetImports, Page<ImportLine>>, IRequestHandler<GetImport, ImportView>
{
    private const int Size = 30;

    public async Task<Page<ImportLine>> Handle(GetImports request, CancellationToken ct)
    {
        var after = Guid.TryParse(request.After, out var id) ? id : (Guid?)null;
        var rows = await db.CatalogueImports.Where(i => after == null || i.Id < after).OrderByDescending(i => i.Id).Take(Size + 1)
            .Select(i => new ImportLine(i.Id, i.FileName, i.Status, i.ImportedByName, i.ImportedAt)).ToListAsync(ct);
        return new Page<ImportLine>([.. rows.Take(Size)], rows.Count > Size ? rows[Size - 1].Id.ToString() : null);
    }

    public async Task<ImportView> Handle(GetImport request, CancellationToken ct)
    {
        var import = await db.CatalogueImports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == request.ImportId, ct).OrNotFound("import");
        return new ImportView(new ImportLine(import.Id, import.FileName, import.Status, import.ImportedByName, import.ImportedAt),
            import.Report, import.MissingReason, import.ApprovedByName, import.PublishedAt, import.UndoneByName, import.UndoneAt)
        {
            MayWrite = import.Status == ImportStatus.Checked && import.ImportedBy == user.Id && import.Report.Faults.Count == 0
                && import.Report.Added.Count + import.Report.Changed.Count + (import.MissingReason is null ? 0 : import.Report.Missing.Count) > 0,
            MayApprove = import.Status == ImportStatus.Waiting && import.ImportedBy != user.Id && user.IsInRole(Roles.CatalogueEditor),
        };
    }
}
