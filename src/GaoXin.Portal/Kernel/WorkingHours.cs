namespace GaoXin.Portal.Kernel;

/// <summary>A part of a working day in which clocks of hours run, for example 09:00 to 12:00.</summary>
public sealed record WorkingSpan(TimeOnly From, TimeOnly To);

/// <summary>
/// Working time in hours (工作小时) on working days: outside its spans, at lunch and on days off nothing runs. A limit in days ends
/// on its last day at <see cref="Closing"/>.
/// </summary>
public sealed class WorkingHours
{
    private readonly IReadOnlyList<WorkingSpan> _spans;

    /// <summary>The spans of every working day, in order and without overlap.</summary>
    public WorkingHours(WorkingCalendar calendar, IReadOnlyList<WorkingSpan> spans)
    {
        if (spans.Count == 0 || spans.Any(s => s.From >= s.To) || spans.Zip(spans.Skip(1)).Any(p => p.First.To > p.Second.From))
            throw new ArgumentException("Spans must be in order and without overlap.", nameof(spans));
        (Calendar, _spans) = (calendar, spans);
    }

    /// <summary>The working days.</summary>
    public WorkingCalendar Calendar { get; }

    /// <summary>When the working day ends.</summary>
    public TimeOnly Closing => _spans[^1].To;

    /// <summary>The instant at which so much working time has passed; a start outside working time counts from the next span.</summary>
    public DateTimeOffset Add(DateTimeOffset start, TimeSpan amount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(amount, TimeSpan.Zero);
        for (var day = Calendar.AddWorkingDays(start.Day(), 0); ; day = Calendar.AddWorkingDays(day, 1))
        {
            foreach (var span in _spans)
            {
                var (from, to) = (Later(day.At(span.From), start), day.At(span.To));
                if (from >= to)
                    continue;
                if (from + amount <= to)
                    return from + amount;
                amount -= to - from;
            }
        }
    }

    /// <summary>The working time between two instants; zero when the second is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        for (var day = from.Day(); day <= to.Day(); day = day.AddDays(1))
        {
            if (!Calendar.IsWorkingDay(day))
                continue;
            foreach (var span in _spans)
            {
                var (start, end) = (Later(day.At(span.From), from), day.At(span.To) < to ? day.At(span.To) : to);
                if (end > start)
                    sum += end - start;
            }
        }

        return sum;
    }

    /// <summary>The end of the n-th working day after a day, which is day 0.</summary>
    public DateTimeOffset EndAfterDays(DateTimeOffset start, int days) => Calendar.AddWorkingDays(start.Day(), days).At(Closing);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
