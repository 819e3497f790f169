namespace GaoXin.Portal.Kernel;

/// <summary>
/// Legal working days (工作日): Monday to Friday, minus the days the yearly notice of the State Council declares off,
/// plus the weekend days it declares working (调休上班). A year without a notice counts Monday to Friday and is estimated.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly HashSet<DateOnly> _off;
    private readonly HashSet<DateOnly> _work;
    private readonly HashSet<int> _years;

    /// <summary>Builds a calendar from exceptional days and the years whose notice is loaded.</summary>
    public WorkingCalendar(string version, IEnumerable<DateOnly> off, IEnumerable<DateOnly> work, IEnumerable<int> years)
    {
        Version = version;
        _off = [.. off];
        _work = [.. work];
        _years = [.. years];
    }

    /// <summary>Identifies the data, kept beside every computed due date.</summary>
    public string Version { get; }

    /// <summary>True when the day counts.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        _work.Contains(day) || (!_off.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    /// <summary>True when the yearly notice declares the day off: a holiday, not a usual weekend.</summary>
    public bool IsDeclaredOff(DateOnly day) => _off.Contains(day);

    /// <summary>True when the year's notice is not loaded: show the date as 预计.</summary>
    public bool IsEstimated(DateOnly day) => !_years.Contains(day.Year);

    /// <summary>The n-th working day strictly after a day (民法典 201: the starting day is not counted); for 0, the day itself or the next working day.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return IsWorkingDay(day) ? day : AddWorkingDays(day, 1);
        while (count > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
                count--;
        }

        return day;
    }

    /// <summary>The n-th working day strictly before a day; for 0, the day itself or the working day before.</summary>
    public DateOnly WorkingDaysBefore(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return IsWorkingDay(day) ? day : WorkingDaysBefore(day, 1);
        while (count > 0)
        {
            day = day.AddDays(-1);
            if (IsWorkingDay(day))
                count--;
        }

        return day;
    }

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="to"/>; 0 when <paramref name="to"/> is not later.</summary>
    public int CountWorkingDays(DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
        {
            if (IsWorkingDay(day))
                count++;
        }

        return count;
    }

    /// <summary>
    /// Due date of a limit with pauses (暂停计时). The start day of a pause is not used up; the first working day after
    /// its last day is counted. Pauses are inclusive days, in order and without overlap; an open pause has no end and
    /// makes the answer null.
    /// </summary>
    public DateOnly? Due(DateOnly start, int limit, IReadOnlyList<(DateOnly From, DateOnly? To)> pauses)
    {
        if (limit == 0 && pauses.Count == 0)
            return AddWorkingDays(start, 0);
        var left = Math.Max(limit, 1);
        var day = start;
        while (left > 0)
        {
            day = day.AddDays(1);
            foreach (var pause in pauses)
            {
                if (day < pause.From || (pause.To is { } last && day > last))
                    continue;
                if (pause.To is null)
                    return null;
                day = pause.To.Value.AddDays(1);
            }

            if (IsWorkingDay(day))
                left--;
        }

        return day;
    }
}
