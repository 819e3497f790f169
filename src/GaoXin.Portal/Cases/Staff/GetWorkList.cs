using System.Globalization;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>Which cases of the own department a list shows.</summary>
public enum WorkFilter
{
    /// <summary>待办: open and waiting for an officer.</summary>
    Open,

    /// <summary>我的: claimed by me.</summary>
    Mine,

    /// <summary>已超期.</summary>
    Overdue,

    /// <summary>今天到期.</summary>
    DueToday,

    /// <summary>还有时间: due later than today.</summary>
    Later,

    /// <summary>等申请人: waiting for a correction.</summary>
    Waiting,

    /// <summary>办完的, newest first.</summary>
    Done,
}

/// <summary>
/// The work list (待办) of the officer's department, those of the 绿色通道 first, then by time left; keyset-paged. <see cref="Search"/> takes a case number, or
/// at least two characters of an enterprise's name, or a whole ID number.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record GetWorkList : IQuery<WorkList>
{
    /// <summary>Which cases.</summary>
    public WorkFilter Filter { get; init; }

    /// <summary>Number, name or ID number.</summary>
    public string? Search { get; init; }

    /// <summary>Where the page before ended.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A page of the list with the counts of the lights.</summary>
public sealed record WorkList(Page<WorkLine> Page, WorkCounts Counts, WorkFilter Filter, string? Search);

/// <summary>Open cases by light, and those claimed by me; counted up to 1000.</summary>
public sealed record WorkCounts(int Overdue, int DueToday, int Later, int Waiting, int Mine)
{
    /// <summary>Counting stops here: more is shown as 1000+.</summary>
    public const int Cap = 1000;
}

/// <summary>One line.</summary>
public sealed record WorkLine(
    Guid Id, string Number, string ServiceTitle, string? Subject, CaseState State, CaseOutcome? Outcome, DateOnly? DueOn, DateTimeOffset SubmittedAt, bool Mine, bool ClaimedByOther, bool Online)
{
    /// <summary>Why an officer looks: what the referred rules of the newest run say. Only filled in lists.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>How often a correction was asked for; above 0 in an open case means that it came back.</summary>
    public int CorrectionRounds { get; init; }

    /// <summary>绿色通道.</summary>
    public bool Green { get; init; }
}

internal sealed class GetWorkListHandler(PortalDbContext db, ICurrentUser user, Signing signing, TimeProvider clock) : IRequestHandler<GetWorkList, WorkList>
{
    private const int PageSize = 50;
    private const string GreenCursor = "g.";

    public async Task<WorkList> Handle(GetWorkList request, CancellationToken ct)
    {
        var today = clock.Today();
        var department = db.Cases.AsNoTracking().Where(c => c.Department == user.DepartmentCode && c.SubmittedAt != null && c.Handler != ServiceDefinition.OneThing);
        var search = request.Search?.Replace("\0", "", StringComparison.Ordinal).Trim();
        var list = string.IsNullOrEmpty(search) ? Filtered(department, request.Filter, today) : Found(department, search);
        var newestFirst = request.Filter == WorkFilter.Done || !string.IsNullOrEmpty(search);
        var page = newestFirst ? await Newest(list, request.Cursor, ct) : await ByDue(list, request.Cursor, ct);
        return new WorkList(await WithReasons(page, ct), await Counts(today, ct), request.Filter, search);
    }

    private IQueryable<Case> Filtered(IQueryable<Case> cases, WorkFilter filter, DateOnly today)
    {
        var open = cases.Where(c => (c.State == CaseState.Submitted || c.State == CaseState.Accepted || c.State == CaseState.InReview) && c.Referred);
        return filter switch
        {
            WorkFilter.Mine => open.Where(c => c.ClaimedBy == user.Id),
            WorkFilter.Overdue => open.Where(c => c.DueOn < today),
            WorkFilter.DueToday => open.Where(c => c.DueOn == today),
            WorkFilter.Later => open.Where(c => c.DueOn > today),
            WorkFilter.Waiting => cases.Where(c => c.State == CaseState.CorrectionRequested || c.State == CaseState.PreChecked),
            WorkFilter.Done => cases.Where(c => c.State == CaseState.Closed || c.State == CaseState.Withdrawn || c.State == CaseState.Issued || c.State == CaseState.Decided),
            _ => open,
        };
    }

    private IQueryable<Case> Found(IQueryable<Case> cases, string search)
    {
        if (CaseNumber.Normalise(search) is { } number)
            return cases.Where(c => c.Number == number);
        if (ResidentId.TryParse(search, out var id))
        {
            var person = signing.HashOfPerson(id.Number);
            var people = db.CasePeople;
            return cases.Where(c => people.Any(p => p.CaseId == c.Id && p.PersonHash == person));
        }

        var grams = Bigrams.Of(search);
        return grams.Length == 0 || Text.Compact(search).Length < 2 ? cases.Where(c => false) : cases.Where(c => grams.All(g => c.SubjectGrams.Contains(g)));
    }

    private async Task<Page<WorkLine>> ByDue(IQueryable<Case> list, string? cursor, CancellationToken ct)
    {
        var lines = new List<WorkLine>();
        if (cursor is null || cursor.StartsWith(GreenCursor, StringComparison.Ordinal))
        {
            // Few, and with an index of their own: one order over both would make every page sort the whole list.
            lines.AddRange(await DueAfter(list.Where(c => c.GreenChannel), cursor?[GreenCursor.Length..], PageSize + 1, ct));
            cursor = null;
        }

        if (lines.Count <= PageSize)
            lines.AddRange(await DueAfter(list.Where(c => !c.GreenChannel), cursor, PageSize + 1 - lines.Count, ct));
        return Paged(lines, last => (last.Green ? GreenCursor : "") + Cursors.Write(last.DueOn, last.Id));
    }

    private Task<List<WorkLine>> DueAfter(IQueryable<Case> list, string? cursor, int most, CancellationToken ct)
    {
        // A list holds cases with a due day, or paused ones without; so a page after a day needs no case without one, and the index finds its start.
        if (Cursors.Read(cursor) is var (day, after))
        {
            list = day is { } due
                ? list.Where(c => c.DueOn >= due && (c.DueOn > due || c.Id > after))
                : list.Where(c => c.DueOn == null && c.Id > after);
        }

        return Lines(list.OrderBy(c => c.DueOn).ThenBy(c => c.Id), most, ct);
    }

    private async Task<Page<WorkLine>> Newest(IQueryable<Case> list, string? cursor, CancellationToken ct)
    {
        if (Guid.TryParse(cursor, out var before))
            list = list.Where(c => c.Id < before);
        return Paged(await Lines(list.OrderByDescending(c => c.Id), PageSize + 1, ct), last => last.Id.ToString());
    }

    private Task<List<WorkLine>> Lines(IQueryable<Case> ordered, int most, CancellationToken ct) =>
        ordered.Take(most).Select(c => new WorkLine(c.Id, c.Number!, c.ServiceTitle, c.Subject, c.State, c.Outcome, c.DueOn, c.SubmittedAt!.Value,
            c.ClaimedBy == user.Id, c.ClaimedBy != null && c.ClaimedBy != user.Id, true)
        { CorrectionRounds = c.CorrectionRounds, Green = c.GreenChannel }).ToListAsync(ct);

    private static Page<WorkLine> Paged(List<WorkLine> lines, Func<WorkLine, string> cursor) =>
        new([.. lines.Take(PageSize)], lines.Count > PageSize ? cursor(lines[PageSize - 1]) : null);

    /// <summary>The referred rules of the page's cases in one statement; only their sentences leave the database.</summary>
    private async Task<Page<WorkLine>> WithReasons(Page<WorkLine> page, CancellationToken ct)
    {
        var ids = page.Items.Select(l => l.Id).ToArray();
        if (ids.Length == 0)
            return page;
        var rows = await db.Database.SqlQuery<ReasonRow>($"""
            SELECT DISTINCT ON (case_id) case_id, reasons
            FROM cases.rule_runs WHERE case_id = ANY ({ids}) ORDER BY case_id, at DESC
            """).ToListAsync(ct);
        var reasons = rows.ToDictionary(r => r.CaseId, r => r.Reasons);
        return page with { Items = [.. page.Items.Select(l => l with { Reasons = reasons.GetValueOrDefault(l.Id) ?? [] })] };
    }

    /// <summary>Five capped counts in one statement, each answered by an index alone.</summary>
    private async Task<WorkCounts> Counts(DateOnly today, CancellationToken ct)
    {
        var (department, me) = (user.DepartmentCode, user.Id);
        const int Cap = WorkCounts.Cap;
        const string OneThing = ServiceDefinition.OneThing;
        var counts = await db.Database.SqlQuery<CountRow>($"""
            SELECT (SELECT count(*) FROM (SELECT 1 FROM cases.cases WHERE department = {department} AND handler <> {OneThing} AND state IN ('Submitted', 'Accepted', 'InReview') AND referred AND due_on < {today} LIMIT {Cap}) a)::int AS overdue,
                   (SELECT count(*) FROM (SELECT 1 FROM cases.cases WHERE department = {department} AND handler <> {OneThing} AND state IN ('Submitted', 'Accepted', 'InReview') AND referred AND due_on = {today} LIMIT {Cap}) b)::int AS due_today,
                   (SELECT count(*) FROM (SELECT 1 FROM cases.cases WHERE department = {department} AND handler <> {OneThing} AND state IN ('Submitted', 'Accepted', 'InReview') AND referred AND due_on > {today} LIMIT {Cap}) c)::int AS later,
                   (SELECT count(*) FROM (SELECT 1 FROM cases.cases WHERE department = {department} AND handler <> {OneThing} AND state IN ('CorrectionRequested', 'PreChecked') LIMIT {Cap}) d)::int AS waiting,
                   (SELECT count(*) FROM (SELECT 1 FROM cases.cases WHERE department = {department} AND handler <> {OneThing} AND state IN ('Submitted', 'Accepted', 'InReview') AND referred AND claimed_by = {me} LIMIT {Cap}) e)::int AS mine
            """).SingleAsync(ct);
        return new WorkCounts(counts.Overdue, counts.DueToday, counts.Later, counts.Waiting, counts.Mine);
    }

    private sealed record CountRow(int Overdue, int DueToday, int Later, int Waiting, int Mine);

    private sealed record ReasonRow(Guid CaseId, string[] Reasons);
}

/// <summary>Cursors of lists sorted by due day: <c>20261124.id</c>, or <c>-.id</c> without a day.</summary>
internal static class Cursors
{
    private const string Format = "yyyyMMdd";

    public static string Write(DateOnly? day, Guid id) => $"{day?.ToString(Format, CultureInfo.InvariantCulture) ?? "-"}.{id:N}";

    public static (DateOnly? Day, Guid Id)? Read(string? cursor)
    {
        var parts = cursor?.Split('.') ?? [];
        if (parts.Length != 2 || !Guid.TryParseExact(parts[1], "N", out var id))
            return null;
        return DateOnly.TryParseExact(parts[0], Format, out var day) ? (day, id) : (null, id);
    }
}
