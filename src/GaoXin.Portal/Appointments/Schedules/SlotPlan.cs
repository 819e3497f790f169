using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Appointments.Schedules;

/// <summary>A slot as the plan wants it.</summary>
internal sealed record PlannedSlot(DateTimeOffset StartsAt, DateTimeOffset EndsAt, SessionKind Session, int Seats);

/// <summary>One seat as the plan wants it.</summary>
internal sealed record PlannedSeat(int Lane, SeatPool Pool, DateTimeOffset ReleaseAt);

/// <summary>When the places of some days come out.</summary>
internal sealed record PlannedRelease(DateOnly FromDay, DateOnly ToDay, ReleaseMode Mode, DateTimeOffset OpensAt, DateTimeOffset? ClosesAt);

/// <summary>What the plan says of a day: a pure function of definitions and calendar.</summary>
internal static class SlotPlan
{
    private const int Percent = 100;

    public static IReadOnlyList<PlannedSlot> On(ZoneSchedule hours, BookingGroup group, DateOnly day, WorkingCalendar calendar)
    {
        var slots = new List<PlannedSlot>();
        foreach (var session in hours.On(day)?.On(day, calendar) ?? [])
        {
            if (group.Seats.GetValueOrDefault(session.Kind) is var seats and > 0)
                slots.AddRange(Within(session, group.Minutes, day, seats));
        }

        return slots;
    }

    public static PlannedRelease Release(BookingRules rules, ReleaseMode mode, DateOnly day)
    {
        if (mode == ReleaseMode.Draw)
        {
            var monday = Monday(day);
            return new PlannedRelease(monday, monday.AddDays(6), mode, monday.AddDays(-rules.DaysAhead).At(rules.ReleaseAt), monday.AddDays(-rules.DrawClosesDaysBefore).At(rules.ReleaseAt));
        }

        var opens = day.AddDays(-rules.DaysAhead).At(rules.ReleaseAt);
        return new PlannedRelease(day, day, mode, opens, mode == ReleaseMode.WaitingRoom ? opens.AddMinutes(rules.RoomMinutes) : null);
    }

    /// <summary>
    /// The seats of a slot: a share for the desk, and of the public ones a share that comes out later, at times nobody can know.
    /// Shares are rounded down: a small slot is all public.
    /// </summary>
    public static IReadOnlyList<PlannedSeat> Seats(BookingRules rules, PlannedRelease release, int count, Func<TimeSpan> later)
    {
        var desk = count * rules.DeskPercent / Percent;
        var late = release.Mode == ReleaseMode.Open ? (count - desk) * rules.HoldBackPercent / Percent : 0;
        var pool = release.Mode == ReleaseMode.Draw ? SeatPool.Draw : SeatPool.Open;
        return [.. Enumerable.Range(1, count).Select(lane => lane > count - desk ? new PlannedSeat(lane, SeatPool.Desk, release.OpensAt)
            : lane > count - desk - late ? new PlannedSeat(lane, pool, release.OpensAt + later()) : new PlannedSeat(lane, pool, release.OpensAt))];
    }

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static IEnumerable<PlannedSlot> Within(Session session, int minutes, DateOnly day, int seats)
    {
        var last = session.To.ToTimeSpan() - TimeSpan.FromMinutes(minutes);
        for (var from = session.From.ToTimeSpan(); from <= last; from += TimeSpan.FromMinutes(minutes))
        {
            var at = day.At(TimeOnly.FromTimeSpan(from));
            yield return new PlannedSlot(at, at.AddMinutes(minutes), session.Kind, seats);
        }
    }
}
