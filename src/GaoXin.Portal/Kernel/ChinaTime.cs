namespace GaoXin.Portal.Kernel;

/// <summary>Civil time in mainland China (Asia/Shanghai, UTC+8 without daylight saving).</summary>
public static class ChinaTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The calendar day of an instant.</summary>
    public static DateOnly Day(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The instant in local time, for display.</summary>
    public static DateTimeOffset Local(this DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>Today.</summary>
    public static DateOnly Today(this TimeProvider clock) => clock.GetUtcNow().Day();

    /// <summary>The last instant that counts for a day (民法典 203: 24:00), in UTC.</summary>
    public static DateTimeOffset EndOfDay(this DateOnly day) => new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();

    /// <summary>A day's local time as an instant in UTC.</summary>
    public static DateTimeOffset At(this DateOnly day, TimeOnly time) => new DateTimeOffset(day.ToDateTime(time), Offset).ToUniversalTime();
}
