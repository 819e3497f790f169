using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>容缺和承诺 of the own department: what is still to be handed in, or to be checked, the first due first; keyset-paged.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record GetPromises : IQuery<Page<PromiseLine>>
{
    /// <summary>Which.</summary>
    public PromiseKind Kind { get; init; }

    /// <summary>Where the page before ended.</summary>
    public string? After { get; init; }
}

/// <summary>A commitment of the own department that is to be checked. Not found: another department's, or checked already.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record GetCommitment(Guid PromiseId) : IQuery<PromiseLine>;

/// <summary>One promise.</summary>
/// <param name="Id">The promise.</param>
/// <param name="CaseId">Its case.</param>
/// <param name="Number">The case number.</param>
/// <param name="ServiceTitle">The service.</param>
/// <param name="Subject">The listed name.</param>
/// <param name="Material">The material.</param>
/// <param name="MadeAt">When it was promised.</param>
/// <param name="DueOn">The last day.</param>
public sealed record PromiseLine(Guid Id, Guid CaseId, string Number, string ServiceTitle, string? Subject, string Material, DateTimeOffset MadeAt, DateOnly DueOn);

internal sealed class GetPromisesHandler(PortalDbContext db, ICurrentUser user, CaseFiles files) : IRequestHandler<GetPromises, Page<PromiseLine>>, IRequestHandler<GetCommitment, PromiseLine>
{
    private const int PageSize = 30;

    public async Task<Page<PromiseLine>> Handle(GetPromises request, CancellationToken ct)
    {
        var list = Open(request.Kind);
        if (Cursors.Read(request.After) is ({ } day, var after))
            list = list.Where(p => p.DueOn >= day && (p.DueOn > day || p.Id > after));
        var lines = await Lines(list.OrderBy(p => p.DueOn).ThenBy(p => p.Id).Take(PageSize + 1), ct);
        return new Page<PromiseLine>([.. lines.Take(PageSize)], lines.Count > PageSize ? Cursors.Write(lines[PageSize - 1].DueOn, lines[PageSize - 1].Id) : null);
    }

    public async Task<PromiseLine> Handle(GetCommitment request, CancellationToken ct) =>
        (await Lines(Open(PromiseKind.Commitment).Where(p => p.Id == request.PromiseId), ct)).SingleOrDefault() ?? throw new NotFoundException("promise");

    private IQueryable<MaterialPromise> Open(PromiseKind kind) =>
        db.MaterialPromises.AsNoTracking().Where(p => p.Department == user.DepartmentCode && p.Kind == kind && p.EndedAt == null && p.DueOn != null);

    private async Task<List<PromiseLine>> Lines(IQueryable<MaterialPromise> page, CancellationToken ct)
    {
        var rows = await (
            from p in page
            join c in db.Cases on p.CaseId equals c.Id
            orderby p.DueOn, p.Id
            select new { p.Id, p.CaseId, p.MaterialCode, p.MadeAt, p.DueOn, c.Number, c.ServiceCode, c.ServiceVersion, c.ServiceTitle, c.Subject }).ToListAsync(ct);
        var lines = new List<PromiseLine>();
        foreach (var row in rows)
        {
            // Definitions are cached: a page of one department holds few.
            var service = await files.Definition(row.ServiceCode, row.ServiceVersion, ct);
            lines.Add(new PromiseLine(row.Id, row.CaseId, row.Number!, row.ServiceTitle, row.Subject, Labels.Of(service, AnswerPath.OfMaterial(row.MaterialCode)), row.MadeAt, row.DueOn!.Value));
        }

        return lines;
    }
}
