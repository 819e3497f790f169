using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>What the supervision board (督办看板) counts of each unit.</summary>
public enum SupervisedAs
{
    /// <summary>在办.</summary>
    [Chinese("在办")]
    Open,

    /// <summary>黄: soon due.</summary>
    [Chinese("快到期")]
    Yellow,

    /// <summary>红: overdue.</summary>
    [Chinese("已超期")]
    Red,

    /// <summary>催办: a running clock is a working day late or more.</summary>
    [Chinese("已催办")]
    Urged,

    /// <summary>督办单 that is not closed.</summary>
    [Chinese("督办单")]
    Directed,

    /// <summary>Sent back by two units.</summary>
    [Chinese("退过两次")]
    ReturnedTwice,

    /// <summary>挂起, with its reason.</summary>
    [Chinese("挂起")]
    Suspended,

    /// <summary>重办: a second or third round.</summary>
    [Chinese("重办中")]
    Redone,

    /// <summary>重复诉求: the same person about the same topic within 90 days before.</summary>
    [Chinese("重复诉求")]
    Repeated,
}

/// <summary>
/// 督办看板: what is open, late, pressed for, sent back, paused and repeated, by unit; the first line is all of them. Counts only, for
/// supervisors and leaders.
/// </summary>
[ForStaff(Roles.ComplaintSupervisor, Roles.ZoneLeader)]
public sealed record GetSupervisionBoard : IQuery<IReadOnlyList<SupervisedUnit>>;

/// <summary>A line of the board; without a code it is all units, with an empty code what has no unit yet.</summary>
public sealed record SupervisedUnit(string? Unit, string Title, IReadOnlyDictionary<SupervisedAs, int> Counts);

/// <summary>The complaints behind a number of the board, what is due first stands first.</summary>
[ForStaff(Roles.ComplaintSupervisor, Roles.ZoneLeader)]
public sealed record GetSupervisedRows(SupervisedAs As, string? Unit = null, string? Cursor = null) : IQuery<Page<SupervisedRow>>;

/// <summary>One complaint behind a number, with why it stands there: the reason of the pause, of the order, of the delay.</summary>
public sealed record SupervisedRow(ComplaintLine Line, string? Note);

/// <summary>导出看板 (XLSX) as shown: the board, or the rows behind a number. No personal data.</summary>
[ForStaff(Roles.ComplaintSupervisor, Roles.ZoneLeader)]
public sealed record ExportSupervision(SupervisedAs? As, string? Unit) : IQuery<byte[]>;

internal sealed class GetSupervisionBoardHandler(SupervisedComplaints supervised, IMediator mediator) : IRequestHandler<GetSupervisionBoard, IReadOnlyList<SupervisedUnit>>
{
    public async Task<IReadOnlyList<SupervisedUnit>> Handle(GetSupervisionBoard request, CancellationToken ct)
    {
        var counts = await supervised.Counts(ct);
        var titles = (await mediator.Send(new GetDepartments(), ct)).ToDictionary(d => d.Code, d => d.Title);
        Dictionary<SupervisedAs, int> Of(Func<SupervisedCount, bool> these) =>
            Enum.GetValues<SupervisedAs>().ToDictionary(a => a, a => counts.Where(c => c.As == (int)a && these(c)).Sum(c => c.Count));
        return
        [
            new SupervisedUnit(null, "全区", Of(_ => true)),
            .. counts.Select(c => c.Unit ?? "").Distinct().Order(StringComparer.Ordinal)
                .Select(u => new SupervisedUnit(u, u.Length == 0 ? "还没派单" : titles.GetValueOrDefault(u, u), Of(c => (c.Unit ?? "") == u)))
                .OrderByDescending(u => u.Counts[SupervisedAs.Directed]).ThenByDescending(u => u.Counts[SupervisedAs.Red]).ThenBy(u => u.Unit, StringComparer.Ordinal),
        ];
    }
}

internal sealed class GetSupervisedRowsHandler(SupervisedComplaints supervised) : IRequestHandler<GetSupervisedRows, Page<SupervisedRow>>
{
    private const int PageSize = 50;

    public async Task<Page<SupervisedRow>> Handle(GetSupervisedRows request, CancellationToken ct)
    {
        var rows = await supervised.Rows(request.As, request.Unit, request.Cursor, PageSize + 1, ct);
        return new Page<SupervisedRow>([.. rows.Take(PageSize)], rows.Count > PageSize ? DeskCursor.Write(rows[PageSize - 1].Line.DueAt, rows[PageSize - 1].Line.Id) : null);
    }
}

internal sealed class ExportSupervisionHandler(SupervisedComplaints supervised, IMediator mediator, TimeProvider clock) : IRequestHandler<ExportSupervision, byte[]>
{
    private const int Most = 20_000;

    public async Task<byte[]> Handle(ExportSupervision request, CancellationToken ct)
    {
        if (request.As is not { } chosen)
        {
            var board = await mediator.Send(new GetSupervisionBoard(), ct);
            return await Sheet.Of(board.Select(u => new Dictionary<string, object?>(u.Counts.Select(c => new KeyValuePair<string, object?>(c.Key.Chinese(), c.Value)).Prepend(new("单位", u.Title)))), ct);
        }

        var now = clock.GetUtcNow();
        return await Sheet.Of((await supervised.Rows(chosen, request.Unit, null, Most, ct)).Select(r => new Dictionary<string, object?>
        {
            ["诉求编号"] = ComplaintNumber.Display(r.Line.Number),
            ["主题"] = r.Line.Topic,
            ["类型"] = r.Line.Kind.Chinese(),
            ["主办单位"] = r.Line.Unit,
            ["环节"] = r.Line.State.Chinese(),
            ["第几次办理"] = r.Line.Round,
            ["期限"] = r.Line.DueAt?.Local().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
            ["超期"] = r.Line.DueAt < now ? "是" : "",
            ["说明"] = r.Note,
        }), ct);
    }
}

/// <summary>How many of a unit.</summary>
internal sealed class SupervisedCount
{
    public int As { get; init; }

    public string? Unit { get; init; }

    public int Count { get; init; }
}

/// <summary>The one definition of the board: counts and the rows behind them are the same queries.</summary>
internal sealed class SupervisedComplaints(PortalDbContext db, Rulebooks rulebooks, IMediator mediator, TimeProvider clock)
{
    /// <summary>All counts in one statement.</summary>
    public Task<List<SupervisedCount>> Counts(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return Enum.GetValues<SupervisedAs>().Select(a => Count(a, now)).Aggregate((all, next) => all.Concat(next)).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<SupervisedRow>> Rows(SupervisedAs supervised, string? unit, string? cursor, int most, CancellationToken ct)
    {
        var list = Of(supervised, clock.GetUtcNow());
        if (unit is not null)
            list = unit.Length == 0 ? list.Where(c => c.Unit == null) : list.Where(c => c.Unit == unit);
        if (DeskCursor.Read(cursor) is var (at, after))
            list = at is { } due ? list.Where(c => c.DueAt == null || (c.DueAt >= due && (c.DueAt > due || c.Id > after))) : list.Where(c => c.DueAt == null && c.Id > after);
        var found = await list.OrderBy(c => c.DueAt).ThenBy(c => c.Id).Take(most).Select(c => new
        {
            Line = new ComplaintLine(c.Id, c.Number, c.Kind, c.Topic, c.Unit, c.State, c.DueAt, c.WarnAt, c.Round, c.SubmittedAt, false, c.HandlerId != null),
            Pause = c.Suspensions.Where(s => s.From != null && s.To == null).Select(s => new { s.Reason, s.Explanation }).FirstOrDefault(),
            Order = db.Set<ComplaintSupervision>().Where(s => s.ComplaintId == c.Id && s.ClosedAt == null).Select(s => s.Why).FirstOrDefault(),
            Late = db.Set<ComplaintEscalation>().Where(e => e.ComplaintId == c.Id && e.Round == c.Round && e.Explanation != null).OrderByDescending(e => e.At).Select(e => e.Explanation).FirstOrDefault(),
        }).ToListAsync(ct);
        var topics = (await rulebooks.Topics(ct)).ToDictionary(t => t.Code, t => t.Title);
        var units = (await mediator.Send(new GetDepartments(), ct)).ToDictionary(d => d.Code, d => d.Title);
        return
        [
            .. found.Select(f => new SupervisedRow(
                f.Line with { Topic = topics.GetValueOrDefault(f.Line.Topic ?? "", "（没选主题）"), Unit = f.Line.Unit is { } code ? units.GetValueOrDefault(code, code) : null },
                f.Pause is { } pause ? $"{pause.Reason.Chinese()}：{pause.Explanation}" : f.Order is { } order ? $"督办：{order}" : f.Late is { } late ? $"超期说明：{late}" : null)),
        ];
    }

    private IQueryable<SupervisedCount> Count(SupervisedAs supervised, DateTimeOffset now)
    {
        var key = (int)supervised;
        return Of(supervised, now).GroupBy(c => c.Unit).Select(g => new SupervisedCount { As = key, Unit = g.Key, Count = g.Count() });
    }

    private IQueryable<Complaint> Of(SupervisedAs supervised, DateTimeOffset now)
    {
        var open = db.Complaints.AsNoTracking().Where(c => c.Desk != ComplaintDesk.Nobody);
        return supervised switch
        {
            SupervisedAs.Open => open,
            SupervisedAs.Yellow => open.Where(c => c.WarnAt <= now && c.DueAt >= now),
            SupervisedAs.Red => open.Where(c => c.DueAt < now),
            SupervisedAs.Urged => open.Where(c => c.Clocks.Any(k => k.StoppedAt == null
                && db.Set<ComplaintEscalation>().Any(e => e.ComplaintId == c.Id && e.Round == k.Round && e.Clock == k.Kind && e.Level == EscalationLevel.Urged))),
            // After two rounds a closed complaint is watched, too.
            SupervisedAs.Directed => db.Complaints.AsNoTracking().Where(c => db.Set<ComplaintSupervision>().Any(s => s.ComplaintId == c.Id && s.ClosedAt == null)),
            SupervisedAs.ReturnedTwice => open.Where(c => c.Returns.Count > 1),
            SupervisedAs.Suspended => open.Where(c => c.Desk == ComplaintDesk.Waiting),
            SupervisedAs.Redone => open.Where(c => c.Round > 1),
            _ => RepeatedComplaints.Of(db, open),
        };
    }
}

/// <summary>重复诉求: the same telephone or account had filed about the same topic in the 90 days before. 匿名 without a telephone is never one.</summary>
internal static class RepeatedComplaints
{
    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);

    public static IQueryable<Complaint> Of(PortalDbContext db, IQueryable<Complaint> these)
    {
        var all = db.Complaints;
        return these.Where(c =>
            (c.PhoneHash != null && all.Any(o => o.PhoneHash == c.PhoneHash && o.Topic == c.Topic && o.SubmittedAt < c.SubmittedAt && o.SubmittedAt >= c.SubmittedAt - Lately))
            || (c.ReporterId != null && all.Any(o => o.ReporterId == c.ReporterId && o.Topic == c.Topic && o.SubmittedAt < c.SubmittedAt && o.SubmittedAt >= c.SubmittedAt - Lately)));
    }
}

/// <summary>A table file (XLSX): the keys of the first row are the headings.</summary>
internal static class Sheet
{
    public static async Task<byte[]> Of(IEnumerable<Dictionary<string, object?>> rows, CancellationToken ct)
    {
        using var file = new MemoryStream();
        await MiniExcelLibs.MiniExcel.SaveAsAsync(file, rows, cancellationToken: ct);
        return file.ToArray();
    }
}
