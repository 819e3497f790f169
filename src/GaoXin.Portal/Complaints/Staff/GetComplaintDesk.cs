using System.Globalization;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>Which complaints a work list shows. Each list belongs to roles.</summary>
public enum ComplaintList
{
    /// <summary>待受理派单 and 退单裁定.</summary>
    [Chinese("待受理派单")]
    Intake,

    /// <summary>挂起和延期申请.</summary>
    [Chinese("待审批")]
    Asked,

    /// <summary>本单位待办.</summary>
    [Chinese("本单位待办")]
    Unit,

    /// <summary>我承办的.</summary>
    [Chinese("我承办的")]
    Mine,

    /// <summary>协办.</summary>
    [Chinese("要协办的")]
    CoHandling,

    /// <summary>挂起的.</summary>
    [Chinese("挂起的")]
    Waiting,

    /// <summary>答复待审.</summary>
    [Chinese("答复待审")]
    Review,

    /// <summary>待回访.</summary>
    [Chinese("待回访")]
    CallBack,

    /// <summary>提级协调.</summary>
    [Chinese("提级协调")]
    Supervisor,

    /// <summary>超期的, of all units.</summary>
    [Chinese("超期的")]
    Overdue,

    /// <summary>督办中.</summary>
    [Chinese("督办中")]
    Supervised,

    /// <summary>书记亲商助企热线, open and done.</summary>
    [Chinese("书记热线")]
    Hotline,
}

/// <summary>A work list (待办) of complaints: what is due first stands first; keyset-paged. Without a list, the first one of the own role.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.UnitLiaison, Roles.ComplaintHandler, Roles.ReplyReviewer, Roles.CallBackOfficer, Roles.ComplaintSupervisor)]
public sealed record GetComplaintDesk(ComplaintList? List = null, string? Cursor = null) : IQuery<ComplaintDeskList>;

/// <summary>A page of a list, and the lists of the role with what is in them.</summary>
public sealed record ComplaintDeskList(ComplaintList List, Page<ComplaintLine> Page, IReadOnlyList<ComplaintListCount> Lists);

/// <summary>How many are in a list; counted up to 1000.</summary>
public sealed record ComplaintListCount(ComplaintList List, int Count);

/// <summary>One line.</summary>
public sealed record ComplaintLine(
    Guid Id, string Number, ComplaintKind Kind, string? Topic, string? Unit, ComplaintState State, DateTimeOffset? DueAt, DateTimeOffset? WarnAt, int Round, DateTimeOffset SubmittedAt, bool Mine, bool Taken)
{
    /// <summary>The light: r overdue, y soon due, g time left, p waiting.</summary>
    public char Light(DateTimeOffset now) => DueAt is not { } due ? 'p' : due < now ? 'r' : WarnAt <= now ? 'y' : 'g';
}

internal sealed class GetComplaintDeskHandler(PortalDbContext db, ICurrentUser user, Rulebooks rulebooks, IMediator mediator, TimeProvider clock) : IRequestHandler<GetComplaintDesk, ComplaintDeskList>
{
    private const int PageSize = 50;
    private const int Cap = 1000;

    private static readonly (ComplaintList List, string[] Roles)[] ListsOfRoles =
    [
        (ComplaintList.Intake, [Roles.ComplaintClerk]), (ComplaintList.Asked, [Roles.ComplaintClerk]), (ComplaintList.Mine, [Roles.ComplaintHandler]),
        (ComplaintList.Unit, [Roles.UnitLiaison, Roles.ComplaintHandler]), (ComplaintList.CoHandling, [Roles.UnitLiaison, Roles.ComplaintHandler]),
        (ComplaintList.Waiting, [Roles.UnitLiaison, Roles.ComplaintHandler]), (ComplaintList.Review, [Roles.ReplyReviewer]), (ComplaintList.CallBack, [Roles.CallBackOfficer]),
        (ComplaintList.Supervisor, [Roles.ComplaintSupervisor]), (ComplaintList.Supervised, [Roles.ComplaintSupervisor]), (ComplaintList.Overdue, [Roles.ComplaintSupervisor, Roles.ComplaintClerk]),
        (ComplaintList.Hotline, [Roles.ComplaintSupervisor, Roles.ComplaintClerk]),
    ];

    public async Task<ComplaintDeskList> Handle(GetComplaintDesk request, CancellationToken ct)
    {
        var lists = ListsOfRoles.Where(l => l.Roles.Any(user.IsInRole)).Select(l => l.List).ToList();
        var list = request.List ?? lists[0];
        if (!lists.Contains(list))
            throw new NotFoundException("list");
        var page = await Page(Of(list), request.Cursor, ct);
        var topics = (await rulebooks.Topics(ct)).ToDictionary(t => t.Code, t => t.Title);
        var units = (await mediator.Send(new GetDepartments(), ct)).ToDictionary(d => d.Code, d => d.Title);
        var lines = page.Items.Select(l => l with { Topic = topics.GetValueOrDefault(l.Topic ?? "", "（没选主题）"), Unit = units.GetValueOrDefault(l.Unit ?? "") }).ToList();
        return new ComplaintDeskList(list, page with { Items = lines }, await Counts(lists, ct));
    }

    private IQueryable<Complaint> Of(ComplaintList list)
    {
        var (all, unit, me, now) = (db.Complaints.AsNoTracking(), user.DepartmentCode, user.Id, clock.GetUtcNow());
        return list switch
        {
            ComplaintList.Intake => all.Where(c => c.Desk == ComplaintDesk.Clerk),
            ComplaintList.Asked => all.Where(c => c.Asks),
            ComplaintList.Unit => all.Where(c => c.Desk == ComplaintDesk.Unit && c.Unit == unit),
            ComplaintList.Mine => all.Where(c => c.Desk == ComplaintDesk.Unit && c.HandlerId == me),
            ComplaintList.CoHandling => all.Where(c => c.Desk != ComplaintDesk.Nobody && db.Set<CoHandler>().Any(h => h.ComplaintId == c.Id && h.Unit == unit && h.FinishedAt == null)),
            ComplaintList.Waiting => all.Where(c => c.Desk == ComplaintDesk.Waiting && c.Unit == unit),
            ComplaintList.Review => all.Where(c => c.Desk == ComplaintDesk.Reviewer),
            ComplaintList.CallBack => all.Where(c => c.Desk == ComplaintDesk.CallBack),
            ComplaintList.Supervisor => all.Where(c => c.Desk == ComplaintDesk.Supervisor),
            ComplaintList.Supervised => all.Where(c => db.Set<ComplaintSupervision>().Any(s => s.ComplaintId == c.Id && s.ClosedAt == null)),
            ComplaintList.Hotline => all.Where(c => c.Channel == ComplaintChannel.SecretaryHotline),
            _ => all.Where(c => c.Desk != ComplaintDesk.Nobody && c.DueAt != null && c.DueAt < now),
        };
    }

    private async Task<Page<ComplaintLine>> Page(IQueryable<Complaint> list, string? cursor, CancellationToken ct)
    {
        var me = user.Id;
        Task<List<ComplaintLine>> Read(IQueryable<Complaint> these, int most) => these.OrderBy(c => c.DueAt).ThenBy(c => c.Id).Take(most)
            .Select(c => new ComplaintLine(c.Id, c.Number, c.Kind, c.Topic, c.Unit, c.State, c.DueAt, c.WarnAt, c.Round, c.SubmittedAt, c.HandlerId == me, c.HandlerId != null)).ToListAsync(ct);
        var lines = DeskCursor.Read(cursor) switch
        {
            null => await Read(list, PageSize + 1),
            (null, var after) => await Read(list.Where(c => c.DueAt == null && c.Id > after), PageSize + 1),
            ({ } due, var after) => await Read(list.Where(c => c.DueAt >= due && (c.DueAt > due || c.Id > after)), PageSize + 1),
        };
        // Without an instant stands last. Read apart, so that the index finds the start of a page.
        if (lines.Count <= PageSize && DeskCursor.Read(cursor) is ({ }, _))
            lines.AddRange(await Read(list.Where(c => c.DueAt == null), PageSize + 1 - lines.Count));
        return new Page<ComplaintLine>([.. lines.Take(PageSize)], lines.Count > PageSize ? DeskCursor.Write(lines[PageSize - 1].DueAt, lines[PageSize - 1].Id) : null);
    }

    /// <summary>One capped count a list, all in one statement.</summary>
    private async Task<IReadOnlyList<ComplaintListCount>> Counts(List<ComplaintList> lists, CancellationToken ct)
    {
        var counts = lists.Skip(1).Aggregate(Count(lists[0]), (sum, list) => sum.Concat(Count(list)));
        var found = await counts.ToListAsync(ct);
        return [.. lists.Select(l => new ComplaintListCount(l, found.FirstOrDefault(f => f.List == (int)l)?.Count ?? 0))];
    }

    private IQueryable<CountRow> Count(ComplaintList list)
    {
        var key = (int)list;
        return Of(list).Select(c => c.Id).Take(Cap).GroupBy(_ => 1).Select(g => new CountRow { List = key, Count = g.Count() });
    }

    private sealed class CountRow
    {
        public int List { get; init; }

        public int Count { get; init; }
    }
}

/// <summary>Cursors of lists sorted by due instant: microseconds and id; a hyphen without one.</summary>
internal static class DeskCursor
{
    public static string Write(DateTimeOffset? due, Guid id) => $"{(due is { } at ? (at.UtcTicks / 10).ToString(CultureInfo.InvariantCulture) : "-")}.{id:N}";

    public static (DateTimeOffset? Due, Guid Id)? Read(string? cursor)
    {
        var parts = cursor?.Split('.') ?? [];
        if (parts.Length != 2 || !Guid.TryParseExact(parts[1], "N", out var id))
            return null;
        return long.TryParse(parts[0], CultureInfo.InvariantCulture, out var micro) && micro is > 0 and < 300_000_000_000_000_000 ? (new DateTimeOffset(micro * 10, TimeSpan.Zero), id) : (null, id);
    }
}
