using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>
/// 普通注销 as filed: who liquidated, and the days on which the law puts limits (公司法 232, 235, 239; 细则 44). A limit that was missed but
/// cannot be mended any more is a warning, and a fact for the rules that show it to the officer; one that protects the creditors blocks.
/// </summary>
internal sealed record LiquidationFiling
{
    /// <summary>The names of <see cref="Facts"/>, for the lint of rules.</summary>
    public static readonly string[] FactNames = [Blocking, LateToForm, LateToNotify, LateToAnnounce, LateToApply, ToRead];

    private const string Blocking = "liquidation.problems";
    private const string LateToForm = "liquidation.formedLate";
    private const string LateToNotify = "liquidation.notifiedLate";
    private const string LateToAnnounce = "liquidation.announcedLate";
    private const string LateToApply = "liquidation.appliedLate";
    private const string ToRead = "liquidation.reportsToRead";
    private const int DaysToForm = 15;
    private const int DaysToNotify = 10;
    private const int DaysToAnnounce = 60;
    private const int DaysToApply = 30;
    private const int DaysToDeclare = 30;

    public required string HeadName { get; init; }

    public required string HeadNumber { get; init; }

    /// <summary>作出解散决定.</summary>
    public required DateOnly? DecidedOn { get; init; }

    /// <summary>清算组成立.</summary>
    public required DateOnly? FormedOn { get; init; }

    /// <summary>通知已知债权人.</summary>
    public required DateOnly? NotifiedOn { get; init; }

    /// <summary>债权人公告.</summary>
    public required DateOnly? AnnouncedOn { get; init; }

    /// <summary>清算报告确认.</summary>
    public required DateOnly? EndedOn { get; init; }

    public static LiquidationFiling Bind(Answers answers) => new()
    {
        HeadName = answers[ProcedureFields.HeadName]?.Trim() ?? "",
        HeadNumber = Text.Compact(answers[ProcedureFields.HeadNumber]).ToUpperInvariant(),
        DecidedOn = Day(answers[ProcedureFields.ClosingDecidedOn]),
        FormedOn = Day(answers[ProcedureFields.FormedOn]),
        NotifiedOn = Day(answers[ProcedureFields.NotifiedOn]),
        AnnouncedOn = Day(answers[ProcedureFields.LiquidationAnnouncedOn]),
        EndedOn = Day(answers[ProcedureFields.EndedOn]),
    };

    public IEnumerable<FieldProblem> Problems(DateOnly appliedOn, WorkingCalendar calendar) => [.. Forming(), .. Telling(), .. Ending(appliedOn, calendar)];

    /// <summary>How many days each limit was missed by, and what blocks. The report is for a person to read, whatever the days are.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Facts(DateOnly appliedOn, WorkingCalendar calendar) =>
    [
        Fact(Blocking, Problems(appliedOn, calendar).Count(p => !p.IsWarning)), Fact(LateToForm, FormedLate), Fact(LateToNotify, NotifiedLate), Fact(LateToAnnounce, AnnouncedLate),
        Fact(LateToApply, Late(EndedOn, appliedOn, DaysToApply)), Fact(ToRead, 1),
    ];

    private int FormedLate => Late(DecidedOn, FormedOn, DaysToForm);

    private int NotifiedLate => Late(FormedOn, NotifiedOn, DaysToNotify);

    private int AnnouncedLate => Late(FormedOn, AnnouncedOn, DaysToAnnounce);

    private IEnumerable<FieldProblem> Forming()
    {
        if (FormedOn < DecidedOn)
            yield return new(ProcedureFields.FormedOn, "清算组在决定解散以后才能成立，请核对这两个日期");
        else if (FormedLate > 0)
            yield return new(ProcedureFields.FormedOn, $"清算组应在决定解散后 {DaysToForm} 天内成立，晚了 {FormedLate} 天。可以接着办，工作人员会核对", IsWarning: true);
    }

    private IEnumerable<FieldProblem> Telling()
    {
        if (NotifiedOn < FormedOn)
            yield return new(ProcedureFields.NotifiedOn, "通知债权人要在清算组成立以后，请核对日期");
        else if (NotifiedLate > 0)
            yield return new(ProcedureFields.NotifiedOn, $"应在清算组成立后 {DaysToNotify} 天内通知债权人，晚了 {NotifiedLate} 天。可以接着办，工作人员会核对", IsWarning: true);
        if (AnnouncedOn < FormedOn)
            yield return new(ProcedureFields.LiquidationAnnouncedOn, "公告要在清算组成立以后，请核对日期");
        else if (AnnouncedLate > 0)
            yield return new(ProcedureFields.LiquidationAnnouncedOn, $"应在清算组成立后 {DaysToAnnounce} 天内公告，晚了 {AnnouncedLate} 天。可以接着办，工作人员会核对", IsWarning: true);
    }

    private IEnumerable<FieldProblem> Ending(DateOnly appliedOn, WorkingCalendar calendar)
    {
        if (AnnouncedOn is not { } announced)
            yield break;
        var first = NoticePeriod.AfterCreditors(announced, calendar);
        if (appliedOn < first)
            yield return new(ProcedureFields.LiquidationAnnouncedOn, $"公告要满 {NoticePeriod.CreditorDays} 天，{first:yyyy年M月d日}起才能申请。填的内容会保留，到时接着办");
        else if (LastToDeclare(announced, calendar) is var last && EndedOn <= last)
            yield return new(ProcedureFields.EndedOn, $"债权人可以申报到 {last:yyyy年M月d日}，清算不能在这以前结束。请核对日期");
        else if (Late(EndedOn, appliedOn, DaysToApply) > 0)
            yield return new(ProcedureFields.EndedOn, $"清算结束已经超过 {DaysToApply} 天。可以办，以后请在 {DaysToApply} 天内申请", IsWarning: true);
    }

    /// <summary>Known creditors have thirty days from the notice, the others forty-five from the announcement (公司法 235).</summary>
    private DateOnly LastToDeclare(DateOnly announced, WorkingCalendar calendar)
    {
        var others = NoticePeriod.AfterCreditors(announced, calendar).AddDays(-1);
        return NotifiedOn is { } notified && NoticePeriod.LastDayToAct(notified, DaysToDeclare, calendar) is var known && known > others ? known : others;
    }

    private static KeyValuePair<string, object?> Fact(string name, decimal value) => new(name, value);

    private static int Late(DateOnly? from, DateOnly? done, int limit) => from is { } first && done is { } last ? Math.Max(0, last.DayNumber - first.DayNumber - limit) : 0;

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : null;
}
