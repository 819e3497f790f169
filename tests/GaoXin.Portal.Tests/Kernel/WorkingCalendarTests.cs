using System.Globalization;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Kernel;

/// <summary>The yearly notices of 2023 to 2026 and deadlines worked out by hand from them.</summary>
public sealed class WorkingCalendarTests
{
    private const string Off =
        """
        2023-01-01 2023-01-02 2023-01-21 2023-01-22 2023-01-23 2023-01-24 2023-01-25 2023-01-26 2023-01-27 2023-04-05
        2023-04-29 2023-04-30 2023-05-01 2023-05-02 2023-05-03 2023-06-22 2023-06-23 2023-06-24 2023-09-29 2023-09-30
        2023-10-01 2023-10-02 2023-10-03 2023-10-04 2023-10-05 2023-10-06
        2024-01-01 2024-02-10 2024-02-11 2024-02-12 2024-02-13 2024-02-14 2024-02-15 2024-02-16 2024-02-17 2024-04-04
        2024-04-05 2024-04-06 2024-05-01 2024-05-02 2024-05-03 2024-05-04 2024-05-05 2024-06-10 2024-09-15 2024-09-16
        2024-09-17 2024-10-01 2024-10-02 2024-10-03 2024-10-04 2024-10-05 2024-10-06 2024-10-07
        2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-01 2025-02-02 2025-02-03 2025-02-04 2025-04-04
        2025-04-05 2025-04-06 2025-05-01 2025-05-02 2025-05-03 2025-05-04 2025-05-05 2025-05-31 2025-06-01 2025-06-02
        2025-10-01 2025-10-02 2025-10-03 2025-10-04 2025-10-05 2025-10-06 2025-10-07 2025-10-08
        2026-01-01 2026-01-02 2026-01-03 2026-02-15 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-21
        2026-02-22 2026-02-23 2026-04-04 2026-04-05 2026-04-06 2026-05-01 2026-05-02 2026-05-03 2026-05-04 2026-05-05
        2026-06-19 2026-06-20 2026-06-21 2026-09-25 2026-09-26 2026-09-27 2026-10-01 2026-10-02 2026-10-03 2026-10-04
        2026-10-05 2026-10-06 2026-10-07
        """;

    private const string Work =
        """
        2023-01-28 2023-01-29 2023-04-23 2023-05-06 2023-06-25 2023-10-07 2023-10-08
        2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
        2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
        2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
        """;

    private static readonly WorkingCalendar Calendar = new("test", Days(Off), Days(Work), [2023, 2024, 2025, 2026]);

    [Theory]
    [InlineData("2023-09-27", 1, "2023-09-28")]
    [InlineData("2023-09-27", 3, "2023-10-08")]
    [InlineData("2023-09-27", 5, "2023-10-10")]
    [InlineData("2023-10-07", 1, "2023-10-08")]
    [InlineData("2023-01-19", 5, "2023-01-31")]
    [InlineData("2023-04-21", 2, "2023-04-24")]
    [InlineData("2024-02-08", 3, "2024-02-19")]
    [InlineData("2024-02-09", 1, "2024-02-18")]
    [InlineData("2024-04-03", 2, "2024-04-08")]
    [InlineData("2024-09-30", 5, "2024-10-12")]
    [InlineData("2025-01-26", 1, "2025-01-27")]
    [InlineData("2025-01-27", 1, "2025-02-05")]
    [InlineData("2025-09-30", 3, "2025-10-11")]
    [InlineData("2025-12-31", 1, "2026-01-04")]
    [InlineData("2026-02-13", 2, "2026-02-24")]
    [InlineData("2026-02-14", 1, "2026-02-24")]
    [InlineData("2026-04-30", 5, "2026-05-11")]
    [InlineData("2026-09-18", 2, "2026-09-21")]
    [InlineData("2026-09-30", 20, "2026-11-03")]
    [InlineData("2023-12-15", 20, "2024-01-15")]
    [InlineData("2023-06-19", 5, "2023-06-27")]
    public void The_nth_working_day_after_a_day(string accepted, int count, string due)
    {
        Calendar.AddWorkingDays(Day(accepted), count).ShouldBe(Day(due));
        Calendar.CountWorkingDays(Day(accepted), Day(due)).ShouldBe(count);
        Calendar.Due(Day(accepted), count, []).ShouldBe(Day(due));
    }

    [Theory]
    [InlineData(2023, 249, new[] { 18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21 })]
    [InlineData(2024, 251, new[] { 22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22 })]
    [InlineData(2025, 248, new[] { 19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23 })]
    [InlineData(2026, 248, new[] { 21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23 })]
    public void Working_days_of_each_month(int year, int total, int[] months)
    {
        var counted = Enumerable.Range(1, 12).Select(m => Enumerable.Range(1, DateTime.DaysInMonth(year, m))
            .Count(d => Calendar.IsWorkingDay(new DateOnly(year, m, d)))).ToArray();
        counted.ShouldBe(months);
        counted.Sum().ShouldBe(total);
    }

    [Fact]
    public void A_pause_is_not_counted()
    {
        var pause = (Day("2023-09-27"), (DateOnly?)Day("2023-10-10"));
        Calendar.Due(Day("2023-09-25"), 10, [pause]).ShouldBe(Day("2023-10-23"));
        Calendar.Due(Day("2023-09-25"), 10, []).ShouldBe(Day("2023-10-13"));
        Calendar.Due(Day("2023-09-25"), 10, [(Day("2023-09-27"), null)]).ShouldBeNull();
    }

    [Fact]
    public void Nothing_to_wait_is_the_same_day_or_the_next_working_day()
    {
        Calendar.AddWorkingDays(Day("2026-11-23"), 0).ShouldBe(Day("2026-11-23"));
        Calendar.AddWorkingDays(Day("2026-10-01"), 0).ShouldBe(Day("2026-10-08"));
    }

    [Fact]
    public void A_year_without_a_notice_is_estimated()
    {
        Calendar.IsEstimated(Day("2026-12-31")).ShouldBeFalse();
        Calendar.IsEstimated(Day("2027-01-04")).ShouldBeTrue();
        Calendar.AddWorkingDays(Day("2026-12-31"), 1).ShouldBe(Day("2027-01-01"));
    }

    [Fact]
    public void A_day_ends_at_midnight_in_Shanghai()
    {
        Day("2026-11-23").EndOfDay().ShouldBe(new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero));
        new DateTimeOffset(2026, 11, 23, 15, 59, 59, TimeSpan.Zero).Day().ShouldBe(Day("2026-11-23"));
        new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero).Day().ShouldBe(Day("2026-11-24"));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<DateOnly> Days(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Day);
}
