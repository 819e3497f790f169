using System.Globalization;
using GaoXin.Portal.Appointments;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>Two weeks on one screen: each day says how many places it has and leads to its times.</summary>
public sealed record DayGrid(Availability Availability, DateOnly? Selected, Func<DateOnly, string> Link)
{
    private const int Few = 5;
    private const string Weekdays = "日一二三四五六";

    /// <summary>Empty cells before the first day, so that each day stands below its weekday.</summary>
    public int Blanks => ((int)Availability.Days[0].Day.DayOfWeek + 6) % 7;

    /// <summary>12/1 on the first of a month, else the day.</summary>
    public static string Short(DateOnly day) => day.Day == 1 ? $"{day.Month}/1" : day.Day.ToString(CultureInfo.InvariantCulture);

    /// <summary>What stands below the day.</summary>
    public static string Words(BookingDay day) => day.State switch
    {
        BookingDayState.Free => $"余 {day.Free}",
        BookingDayState.Full => "满",
        BookingDayState.Draw => "摇号",
        BookingDayState.Drawing => "待摇",
        BookingDayState.Room => "候场",
        BookingDayState.NotYet => "未放",
        _ => "休",
    };

    /// <summary>The same for who cannot see the grid.</summary>
    public static string Label(BookingDay day) => $"{day.Day.Month}月{day.Day.Day}日 星期{Weekdays[(int)day.Day.DayOfWeek]}，" + day.State switch
    {
        BookingDayState.Free => $"还有 {day.Free} 个号",
        BookingDayState.Full => "已约满",
        BookingDayState.Draw => "正在摇号登记",
        BookingDayState.Drawing => "登记截止，等开摇",
        BookingDayState.Room => "要先候场",
        BookingDayState.NotYet => "还没放号",
        _ => "不办公",
    };

    /// <summary>The class of the words.</summary>
    public static string Tone(BookingDay day) => day.State switch
    {
        BookingDayState.Free when day.Free < Few => "few",
        BookingDayState.Free => "l",
        _ => "",
    };

    /// <summary>Whether there is anything to choose on the day.</summary>
    public static bool LeadsOn(BookingDay day) => day.State is BookingDayState.Free or BookingDayState.Draw or BookingDayState.Room;

    /// <summary>The times of a day in parts: 上午, 下午 and so on.</summary>
    public static IEnumerable<IGrouping<string, BookingSlot>> Parts(BookingDay day) =>
        day.Slots.GroupBy(s => s.Session switch
        {
            SessionKind.Lunch => "午间",
            SessionKind.Evening => "延时",
            _ => s.StartsAt.ToOffset(TimeSpan.FromHours(8)).Hour < 12 ? "上午" : "下午",
        });
}
