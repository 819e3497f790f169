using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Appointments;

public sealed class OpenTimesTests
{
    private static readonly WorkingCalendar Calendar = new("test", [new(2027, 1, 1), new(2027, 1, 2)], [new(2027, 1, 3)], [2026, 2027]);

    private static readonly OpeningHours Winter = Hours(1, new DateOnly(2026, 1, 1), "09:00-12:00\n13:30-17:30", saturdays: "");

    [Theory]
    [InlineData("2026-11-23 09:00", true, null)]
    [InlineData("2026-11-23 11:59", true, null)]
    [InlineData("2026-11-23 12:00", false, "2026-11-23 13:30")]
    [InlineData("2026-11-23 17:30", false, "2026-11-24 09:00")]
    [InlineData("2026-11-27 18:00", false, "2026-11-30 09:00")]
    [InlineData("2026-12-31 17:30", false, "2027-01-03 09:00")]
    [InlineData("2027-01-01 00:00", false, "2027-01-03 09:00")]
    public void A_zone_is_open_in_its_sessions_and_says_when_it_opens_next(string now, bool open, string? next) =>
        OpenTimes.At(new ZoneSchedule([Winter], []), Calendar, [], At(now)).ShouldBe((open, next is null ? null : At(next)));

    [Fact]
    public void A_closure_takes_its_time_out()
    {
        Closure[] closures = [Closed("2026-11-23 10:00", "2026-11-23 15:00"), Closed("2026-11-23 14:00", "2026-11-24 10:00")];
        OpenTimes.At(new ZoneSchedule([Winter], []), Calendar, closures, At("2026-11-23 09:59")).ShouldBe((true, null));
        OpenTimes.At(new ZoneSchedule([Winter], []), Calendar, closures, At("2026-11-23 10:00")).ShouldBe((false, At("2026-11-24 10:00")));
    }

    [Fact]
    public void The_latest_version_that_has_begun_counts_and_the_zones_own_before_the_files()
    {
        var schedule = new ZoneSchedule([Winter, Hours(2, new DateOnly(2027, 3, 1), "08:00-12:00")], [Hours(1, new DateOnly(2026, 12, 1), "10:00-11:00"), Hours(2, new DateOnly(2026, 12, 1), "10:00-12:00"), Hours(3, new DateOnly(2027, 3, 1), "07:00-08:00")]);
        Words(new DateOnly(2025, 12, 31)).ShouldBeNull();
        Words(new DateOnly(2026, 11, 30)).ShouldBe("09:00-12:00\n13:30-17:30");
        Words(new DateOnly(2026, 12, 1)).ShouldBe("10:00-12:00");
        Words(new DateOnly(2027, 3, 1)).ShouldBe("07:00-08:00");

        string? Words(DateOnly day) => schedule.On(day) is { } hours ? SessionLines.Write(hours.WorkingDays, SessionKind.Day) : null;
    }

    [Fact]
    public void A_zone_that_never_opens_names_no_time() =>
        OpenTimes.At(new ZoneSchedule([], []), Calendar, [], At("2026-11-23 09:00")).ShouldBe((false, null));

    private static OpeningHours Hours(int version, DateOnly from, string workingDays, string saturdays = "") => new("test", version, from, "测试区")
    {
        WorkingDays = SessionLines.Parse(workingDays, SessionKind.Day).Sessions,
        Saturdays = SessionLines.Parse(saturdays, SessionKind.Weekend).Sessions,
        Sundays = [],
    };

    private static Closure Closed(string from, string to) => new() { Zone = "test", From = At(from), To = At(to), Reason = "检修", ClosedBy = Guid.Empty, ClosedAt = At(from) };

    private static DateTimeOffset At(string local) => DateTimeOffset.ParseExact($"{local}+08:00", "yyyy-MM-dd HH:mmzzz", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();
}
