using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation.Staff;

/// <summary>The work lists of rectifications.</summary>
public enum RectificationList
{
    /// <summary>待认领.</summary>
    [Chinese("待认领")]
    ToClaim,

    /// <summary>待整改.</summary>
    [Chinese("待整改")]
    ToFix,

    /// <summary>待回访.</summary>
    [Chinese("待回访")]
    ToCall,

    /// <summary>待审核.</summary>
    [Chinese("待审核")]
    ToReview,

    /// <summary>待裁定.</summary>
    [Chinese("待裁定")]
    ToRule,

    /// <summary>已超期.</summary>
    [Chinese("已超期")]
    Overdue,

    /// <summary>评我的.</summary>
    [Chinese("评我的")]
    AboutMe,

    /// <summary>全部, not counted.</summary>
    [Chinese("全部差评")]
    All,
}

/// <summary>A work list, what is due first in front; of the lists that belong to the roles, the first when none is named.</summary>
[ForStaff(Roles.UnitLiaison, Roles.CallBackOfficer, Roles.ComplaintSupervisor, Roles.Auditor, Roles.Officer, Roles.SeniorOfficer, Roles.WindowClerk, Roles.ComplaintHandler)]
public sealed record GetRectifications(RectificationList? List = null, string? Cursor = null) : IQuery<RectificationDesk>;

/// <summary>The lists of this member of staff and one page of one of them.</summary>
public sealed record RectificationDesk(RectificationList List, IReadOnlyList<(RectificationList List, int Count)> Lists, Page<RectificationLine> Page);

/// <summary>A 差评 in a list. Nothing that leads to the person.</summary>
public sealed record RectificationLine(Guid Id, string Title, string Unit, int? Window, RatingLevel Level, RaterIdentity Identity, RectificationState State, DateTimeOffset OpenedAt, DateTimeOffset? DueAt, bool AboutMe)
{
    /// <summary>overdue, today, ok or waiting.</summary>
    public string Light(DateTimeOffset now) => DueAt is not { } due ? "waiting" : due < now ? "overdue" : due.Day() == now.Day() ? "today" : "ok";
}

internal sealed class GetRectificationsHandler(PortalDbContext db, StaffRectifications all, ICurrentUser user, IMediator mediator, TimeProvider clock)
    : IRequestHandler<GetRectifications, RectificationDesk>
{
    private const int PageSize = 30;

    public async Task<RectificationDesk> Handle(GetRectifications request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var lists = Lists();
        var list = request.List is { } asked && lists.Contains(asked) ? asked : lists[0];
        var counts = await Counts(lists, now, ct);
        var rows = Of(list, now).AsNoTracking();
        var newestFirst = list is RectificationList.AboutMe or RectificationList.All;
        if (EventCursor.Read(request.Cursor) is ({ } at, var id))
            rows = newestFirst ? rows.Where(r => r.OpenedAt <= at && (r.OpenedAt < at || r.Id < id)) : rows.Where(r => r.DueAt >= at && (r.DueAt > at || r.Id > id));
        rows = newestFirst ? rows.OrderByDescending(r => r.OpenedAt).ThenByDescending(r => r.Id) : rows.OrderBy(r => r.DueAt).ThenBy(r => r.Id);
        var found = await (from r in rows.Take(PageSize + 1)
                           join e in db.ServiceEvents on r.EventId equals e.Id
                           join v in db.ServiceRatings on r.EventId equals v.EventId
                           select new { Row = r, e.ItemTitle, e.Window, v.Level, v.Identity }).ToListAsync(ct);
        found = newestFirst ? [.. found.OrderByDescending(f => f.Row.OpenedAt).ThenByDescending(f => f.Row.Id)] : [.. found.OrderBy(f => f.Row.DueAt).ThenBy(f => f.Row.Id)];
        var (units, me) = (await mediator.Send(new GetDepartments(), ct), user.Id);
        var last = found.Count > PageSize ? found[PageSize - 1].Row : null;
        return new RectificationDesk(list, counts, new Page<RectificationLine>(
            [.. found.Take(PageSize).Select(f => new RectificationLine(f.Row.Id, f.ItemTitle, units.TitleOf(f.Row.Unit), f.Window, f.Level, f.Identity, f.Row.State, f.Row.OpenedAt, f.Row.DueAt, f.Row.RatedId == me))],
            last is null ? null : EventCursor.Write(newestFirst ? last.OpenedAt : last.DueAt, last.Id)));
    }

    private IQueryable<Rectification> Of(RectificationList list, DateTimeOffset now)
    {
        var (unit, me) = (user.DepartmentCode, user.Id);
        return list switch
        {
            RectificationList.ToClaim => db.Rectifications.Where(r => r.State == RectificationState.Open && r.Unit == unit),
            RectificationList.ToFix => db.Rectifications.Where(r => r.State == RectificationState.Fixing && r.Unit == unit),
            RectificationList.ToCall => db.Rectifications.Where(r => r.State == RectificationState.Claimed),
            RectificationList.ToReview => db.Rectifications.Where(r => r.State == RectificationState.InReview),
            RectificationList.ToRule => db.Rectifications.Where(r => r.State == RectificationState.Appealed),
            RectificationList.Overdue => all.Mine().Where(r => r.DueAt < now),
            RectificationList.AboutMe => db.Rectifications.Where(r => r.RatedId == me),
            _ => all.Mine(),
        };
    }

    /// <summary>All counts in one statement, of what has not ended and of what is about the person.</summary>
    private async Task<IReadOnlyList<(RectificationList, int)>> Counts(IReadOnlyList<RectificationList> lists, DateTimeOffset now, CancellationToken ct)
    {
        var (unit, me, seesAll, liaison) = (user.DepartmentCode, user.Id, all.SeesAll, user.IsInRole(Roles.UnitLiaison));
        var counted = await db.Rectifications.Where(r => r.DueAt != null || r.RatedId == me).GroupBy(_ => 1).Select(g => new
        {
            ToClaim = g.Count(r => r.State == RectificationState.Open && r.Unit == unit),
            ToFix = g.Count(r => r.State == RectificationState.Fixing && r.Unit == unit),
            ToCall = g.Count(r => r.State == RectificationState.Claimed),
            ToReview = g.Count(r => r.State == RectificationState.InReview),
            ToRule = g.Count(r => r.State == RectificationState.Appealed),
            Overdue = g.Count(r => r.DueAt < now && (seesAll || r.RatedId == me || (liaison && r.Unit == unit))),
            AboutMe = g.Count(r => r.RatedId == me),
        }).SingleOrDefaultAsync(ct);
        int Of(RectificationList list) => counted is null ? 0 : list switch
        {
            RectificationList.ToClaim => counted.ToClaim,
            RectificationList.ToFix => counted.ToFix,
            RectificationList.ToCall => counted.ToCall,
            RectificationList.ToReview => counted.ToReview,
            RectificationList.ToRule => counted.ToRule,
            RectificationList.Overdue => counted.Overdue,
            RectificationList.AboutMe => counted.AboutMe,
            _ => 0,
        };
        return [.. lists.Select(l => (l, Of(l)))];
    }

    private List<RectificationList> Lists()
    {
        var lists = new List<RectificationList>();
        if (user.IsInRole(Roles.UnitLiaison))
            lists.AddRange([RectificationList.ToClaim, RectificationList.ToFix]);
        if (user.IsInRole(Roles.CallBackOfficer))
            lists.Add(RectificationList.ToCall);
        if (user.IsInRole(Roles.ComplaintSupervisor))
            lists.AddRange([RectificationList.ToReview, RectificationList.ToRule]);
        if (all.SeesAll || user.IsInRole(Roles.UnitLiaison))
            lists.Add(RectificationList.Overdue);
        if (!user.IsInRole(Roles.Auditor))
            lists.Add(RectificationList.AboutMe);
        if (all.SeesAll || user.IsInRole(Roles.UnitLiaison))
            lists.Add(RectificationList.All);
        return lists;
    }
}
