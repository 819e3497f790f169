using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>
/// Periods counted in natural days (民法典 201, 203): the first day is not counted; where a period in which somebody has to act ends
/// on a day off, it ends with the next working day. Pure.
/// </summary>
internal static class NoticePeriod
{
    /// <summary>债权人公告 (公司法 224, 235).</summary>
    public const int CreditorDays = 45;

    /// <summary>The last day of a period that began with an act on <paramref name="day"/>.</summary>
    public static DateOnly LastDay(DateOnly day, int days) => day.AddDays(days);

    /// <summary>The last day on which somebody may act.</summary>
    public static DateOnly LastDayToAct(DateOnly day, int days, WorkingCalendar calendar) => calendar.AddWorkingDays(LastDay(day, days), 0);

    /// <summary>The first day after creditors had their 45 days: they may still declare on the last one.</summary>
    public static DateOnly AfterCreditors(DateOnly announcedOn, WorkingCalendar calendar) => LastDayToAct(announcedOn, CreditorDays, calendar).AddDays(1);
}
