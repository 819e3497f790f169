using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Appointments.Schedules;

/// <summary>When a zone is open, as a pure function of hours, calendar and closures.</summary>
internal static class OpenTimes
{
    /// <summary>The longest holiday is shorter.</summary>
    private const int DaysAhead = 30;

    /// <summary>Whether it is open now, and if not when it opens next; null when it does not within a month.</summary>
    public static (bool IsOpen, DateTimeOffset? Next) At(ZoneSchedule hours, WorkingCalendar calendar, IReadOnlyCollection<Closure> closures, DateTimeOffset now)
    {
        var today = now.Day();
        var stretches = Enumerable.Range(0, DaysAhead).SelectMany(n => On(today.AddDays(n), hours, calendar)).SelectMany(s => Without(s, closures)).ToList();
        return stretches.Exists(s => s.From <= now && now < s.To) ? (true, null) : (false, stretches.Where(s => s.From > now).Select(s => (DateTimeOffset?)s.From).FirstOrDefault());
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> On(DateOnly day, ZoneSchedule hours, WorkingCalendar calendar) =>
        (hours.On(day)?.On(day, calendar) ?? []).Select(s => (day.At(s.From), day.At(s.To)));

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Without((DateTimeOffset From, DateTimeOffset To) stretch, IEnumerable<Closure> closures)
    {
        var from = stretch.From;
        foreach (var closure in closures.Where(c => c.From < stretch.To && stretch.From < c.To).OrderBy(c => c.From))
        {
            if (closure.From > from)
                yield return (from, closure.From);
            from = closure.To > from ? closure.To : from;
        }

        if (from < stretch.To)
            yield return (from, stretch.To);
    }
}
