using GaoXin.Portal.Complaints;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Enterprise;

/// <summary>The enterprises of the 首席服务官; all of them for supervisors and leaders. The longest unvisited first is for the eye: by listing, newest first.</summary>
[ForStaff(Roles.ServiceOfficer, Roles.ComplaintSupervisor, Roles.ZoneLeader)]
public sealed record GetFirms(string? Cursor = null) : IQuery<Page<FirmLine>>;

/// <summary>One enterprise in the list.</summary>
public sealed record FirmLine(Guid Id, string CreditCode, string Name, bool WhiteListed, string? Officer, DateOnly? LastVisit, int Problems, int Unsolved);

/// <summary>One enterprise with its visits and problems, the newest 100 of each. Somebody else's is not found.</summary>
[ForStaff(Roles.ServiceOfficer, Roles.ComplaintSupervisor, Roles.ZoneLeader)]
public sealed record GetFirm(Guid Id) : IQuery<FirmView>;

/// <summary>The page of an enterprise.</summary>
public sealed record FirmView(FirmLine Firm, bool IsMine, DateTimeOffset? OfficerSince, IReadOnlyList<VisitLine> Visits, IReadOnlyList<ProblemLine> Problems);

/// <summary>A visit.</summary>
public sealed record VisitLine(Guid Id, DateOnly On, VisitManner Manner, string Note, string Officer);

/// <summary>A problem, with the person who stays with it and the day.</summary>
public sealed record ProblemLine
{
    /// <summary>The order's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>诉求编号.</summary>
    public required string Number { get; init; }

    /// <summary>The enterprise.</summary>
    public required Guid FirmId { get; init; }

    /// <summary>Its name.</summary>
    public required string Firm { get; init; }

    /// <summary>The category's name.</summary>
    public required string Category { get; init; }

    /// <summary>Where it stands.</summary>
    public required ProblemStage Stage { get; init; }

    /// <summary>Raised.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>限期.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>首席服务官; null while there is none.</summary>
    public string? Officer { get; init; }

    /// <summary>转化.</summary>
    public ConversionWay? Conversion { get; init; }

    /// <summary>What was done.</summary>
    public string? ConversionNote { get; init; }

    /// <summary>回访.</summary>
    public DateTimeOffset? CalledBackAt { get; init; }
}

/// <summary>企业服务: the signed-in person's enterprises, each with its 首席服务官 and its problems. Nobody else's.</summary>
[ForCitizens]
public sealed record GetMyFirms : IQuery<IReadOnlyList<MyFirm>>;

/// <summary>An own enterprise. Officer and phone are null while it has no 首席服务官.</summary>
public sealed record MyFirm(string CreditCode, string Name, string? Officer, string? Phone, IReadOnlyList<ProblemLine> Problems);

internal sealed class GetFirmsHandler(PortalDbContext db, ServedFirms firms, ICurrentUser user) : IRequestHandler<GetFirms, Page<FirmLine>>
{
    private const int PageSize = 50;

    public async Task<Page<FirmLine>> Handle(GetFirms request, CancellationToken ct)
    {
        var seen = firms.SeesAll ? db.Firms : db.Firms.Where(f => f.OfficerId == user.Id);
        if (Guid.TryParse(request.Cursor, out var after))
            seen = seen.Where(f => f.Id < after);
        var found = await FirmTable.Lines(db, seen.OrderByDescending(f => f.Id).Take(PageSize + 1)).ToListAsync(ct);
        return new Page<FirmLine>([.. found.Take(PageSize)], found.Count > PageSize ? found[PageSize - 1].Id.ToString() : null);
    }
}

internal sealed class GetFirmHandler(PortalDbContext db, ServedFirms firms, PersonalDataCipher cipher, ProblemTable problems, ICurrentUser user) : IRequestHandler<GetFirm, FirmView>
{
    private const int Most = 100;

    public async Task<FirmView> Handle(GetFirm request, CancellationToken ct)
    {
        var firm = await firms.Seen(request.Id, ct);
        var line = await FirmTable.Lines(db, db.Firms.Where(f => f.Id == firm.Id)).SingleAsync(ct);
        var visits = await db.FirmVisits.AsNoTracking().Where(v => v.FirmId == firm.Id).OrderByDescending(v => v.On).ThenByDescending(v => v.Id).Take(Most).ToListAsync(ct);
        return new FirmView(line, firm.OfficerId == user.Id, firm.OfficerSince,
            [.. visits.Select(v => new VisitLine(v.Id, v.On, v.Manner, cipher.Unprotect(v.ProtectedNote, FirmVisit.NotePurpose), v.OfficerName))],
            await problems.Read(db.FirmProblems.Where(p => p.FirmId == firm.Id), Most, ct));
    }
}

internal sealed class GetMyFirmsHandler(PortalDbContext db, PersonalDataCipher cipher, ProblemTable problems, IMediator mediator) : IRequestHandler<GetMyFirms, IReadOnlyList<MyFirm>>
{
    private const int Most = 200;

    public async Task<IReadOnlyList<MyFirm>> Handle(GetMyFirms request, CancellationToken ct)
    {
        var mine = (await mediator.Send(new GetMyEnterprises(), ct)).Enterprises;
        var codes = mine.Select(e => e.CreditCode).ToList();
        var firms = await db.Firms.AsNoTracking().Where(f => codes.Contains(f.CreditCode)).ToDictionaryAsync(f => f.CreditCode, ct);
        var ids = firms.Values.Select(f => f.Id).ToList();
        var found = await problems.Read(db.FirmProblems.Where(p => ids.Contains(p.FirmId)), Most, ct);
        return
        [
            .. mine.Select(e => firms.GetValueOrDefault(e.CreditCode) is { } firm
                ? new MyFirm(e.CreditCode, e.Name, firm.OfficerName, firm.ProtectedOfficerPhone is { } phone ? cipher.Unprotect(phone, Firm.PhonePurpose) : null, [.. found.Where(p => p.FirmId == firm.Id)])
                : new MyFirm(e.CreditCode, e.Name, null, null, [])),
        ];
    }
}

internal static class FirmTable
{
    public static IQueryable<FirmLine> Lines(PortalDbContext db, IQueryable<Firm> these)
    {
        var (visits, problems) = (db.FirmVisits, db.FirmProblems);
        return these.Select(f => new FirmLine(f.Id, f.CreditCode, f.Name, f.WhiteListed, f.OfficerName, visits.Where(v => v.FirmId == f.Id).Max(v => (DateOnly?)v.On),
            problems.Count(p => p.FirmId == f.Id), problems.Count(p => p.FirmId == f.Id && p.Stage != ProblemStage.Solved && p.Stage != ProblemStage.Dropped)));
    }
}

/// <summary>Problems as they are shown, newest first.</summary>
internal sealed class ProblemTable(PortalDbContext db, IMediator mediator)
{
    public async Task<IReadOnlyList<ProblemLine>> Read(IQueryable<FirmProblem> these, int most, CancellationToken ct)
    {
        var firms = db.Firms;
        var found = await these.AsNoTracking().OrderByDescending(p => p.RaisedAt).ThenByDescending(p => p.Id).Take(most)
            .Join(firms, p => p.FirmId, f => f.Id, (p, f) => new { p, f.Name, f.OfficerName }).OrderByDescending(x => x.p.RaisedAt).ThenByDescending(x => x.p.Id).ToListAsync(ct);
        var categories = (await mediator.Send(new GetComplaintTopics(ComplaintTopic.Enterprise), ct)).ToDictionary(t => t.Code, t => t.Title);
        return
        [
            .. found.Select(x => new ProblemLine
            {
                Id = x.p.Id,
                Number = x.p.Number,
                FirmId = x.p.FirmId,
                Firm = x.Name,
                Category = categories.GetValueOrDefault(x.p.Category, x.p.Category),
                Stage = x.p.Stage,
                RaisedAt = x.p.RaisedAt,
                DueOn = x.p.DueOn,
                Officer = x.OfficerName,
                Conversion = x.p.Conversion,
                ConversionNote = x.p.ConversionNote,
                CalledBackAt = x.p.CalledBackAt,
            }),
        ];
    }
}
