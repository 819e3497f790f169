using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>Due days of a case over holidays, make-up days, pauses and rounds. The 2023-2026 days are those of the yearly notices.</summary>
public sealed class CaseClockTests
{
    private static readonly WorkingCalendar Calendar = new(
        "test",
        Days("2023-09-29 2023-09-30 2023-10-01 2023-10-02 2023-10-03 2023-10-04 2023-10-05 2023-10-06 2026-02-15 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-21 2026-02-22 2026-02-23 2026-05-01 2026-05-02 2026-05-03 2026-05-04 2026-05-05 2026-10-01 2026-10-02 2026-10-03 2026-10-04 2026-10-05 2026-10-06 2026-10-07"),
        Days("2023-10-07 2023-10-08 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10"),
        [2023, 2024, 2025, 2026]);

    private static IEnumerable<DateOnly> Days(string days) => days.Split(' ').Select(d => DateOnly.ParseExact(d, "yyyy-MM-dd"));

    private static ServiceDefinition Service(int promised) => new()
    {
        Code = "x",
        Version = 1,
        Hash = "",
        Title = "x",
        Summary = "x",
        EffectiveFrom = new DateOnly(2023, 1, 1),
        Audiences = [Audience.Person],
        Department = "d",
        Theme = "t",
        Handler = "generic",
        Clock = new ServiceClock(promised, null),
        Guide = new ServiceGuide(),
    };

    private static ClockSegment Segment(ClockKind kind, bool paused, string from, string? to, string reason = "x") => new()
    {
        CaseId = Guid.Empty,
        Kind = kind,
        Paused = paused,
        Reason = reason,
        From = DateOnly.ParseExact(from, "yyyy-MM-dd").At(new TimeOnly(10, 0)),
        To = to is null ? null : DateOnly.ParseExact(to, "yyyy-MM-dd").At(new TimeOnly(11, 0)),
    };

    [Theory]
    [InlineData("2026-02-13", 2, "2026-02-24")]
    [InlineData("2026-02-14", 1, "2026-02-24")]
    [InlineData("2026-04-30", 5, "2026-05-11")]
    [InlineData("2026-09-18", 2, "2026-09-21")]
    [InlineData("2023-09-27", 3, "2023-10-08")]
    [InlineData("2026-11-23", 0, "2026-11-23")]
    [InlineData("2026-11-21", 0, "2026-11-23")]
    public void The_promise_counts_working_days_from_the_day_after_acceptance(string accepted, int promised, string due) =>
        CaseClock.Due([Segment(ClockKind.Promise, false, accepted, null)], Service(promised), Calendar)
            .ShouldBe(DateOnly.ParseExact(due, "yyyy-MM-dd"));

    [Fact]
    public void A_special_procedure_over_the_holidays_does_not_count() =>
        CaseClock.Due(
            [
                Segment(ClockKind.Promise, false, "2023-09-25", "2023-09-27"),
                Segment(ClockKind.Promise, true, "2023-09-27", "2023-10-10"),
                Segment(ClockKind.Promise, false, "2023-10-10", null),
            ], Service(10), Calendar).ShouldBe(new DateOnly(2023, 10, 23));

    [Fact]
    public void A_case_that_is_looked_at_again_has_the_whole_promise_once_more() =>
        CaseClock.Due(
            [
                Segment(ClockKind.Promise, false, "2026-11-02", "2026-11-04", CaseClock.Accepted),
                Segment(ClockKind.Promise, false, "2026-11-23", null, CaseClock.Accepted),
            ], Service(3), Calendar).ShouldBe(new DateOnly(2026, 11, 26));

    [Fact]
    public void What_the_rules_promise_at_once_an_officer_may_promise_later() =>
        CaseClock.Due([Segment(ClockKind.Promise, false, "2026-11-20", null)], Service(0) with { Clock = new ServiceClock(0, 3) { OfficerDays = 1 } }, Calendar)
            .ShouldBe(new DateOnly(2026, 11, 23));

    [Fact]
    public void While_the_applicant_mends_there_is_no_due_day() =>
        CaseClock.Due([Segment(ClockKind.Promise, false, "2026-11-23", "2026-11-24"), Segment(ClockKind.Promise, true, "2026-11-24", null)], Service(3), Calendar)
            .ShouldBeNull();

    [Fact]
    public void A_correction_answered_on_the_same_day_costs_no_day() =>
        CaseClock.Due(
            [
                Segment(ClockKind.Promise, false, "2026-11-23", "2026-11-24"),
                Segment(ClockKind.Promise, true, "2026-11-24", "2026-11-24"),
                Segment(ClockKind.Promise, false, "2026-11-24", null),
            ], Service(3), Calendar).ShouldBe(new DateOnly(2026, 11, 26));

    [Fact]
    public void The_promise_forgets_the_pauses_before_acceptance() =>
        CaseClock.Due(
            [
                Segment(ClockKind.Receipt, false, "2026-11-02", "2026-11-03"),
                Segment(ClockKind.Receipt, true, "2026-11-03", "2026-11-20"),
                Segment(ClockKind.Receipt, false, "2026-11-20", "2026-11-23"),
                Segment(ClockKind.Promise, false, "2026-11-23", null),
            ], Service(1), Calendar).ShouldBe(new DateOnly(2026, 11, 24));
}
