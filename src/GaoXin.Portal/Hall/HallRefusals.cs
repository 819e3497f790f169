using System.Globalization;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Hall;

/// <summary>Everything the hall refuses, on one screen.</summary>
internal static class HallRefusals
{
    public static Refusal TicketNotNow(TicketState state) =>
        new("hall.ticket-not-now", $"现在不能这样做：这个号{state.Chinese()}。请看页面上最新的情况。");

    public static Refusal WindowNotNow(WindowState state) =>
        new("hall.window-not-now", $"现在不能这样做：窗口{state.Chinese()}。请看页面上最新的情况。");

    public static Refusal Stale() => new("hall.stale", "窗口的情况刚才已经变了，这一步没有再做一遍。请看现在的情况再操作。");

    public static Refusal NoWindow() => new("hall.no-window", "您还没有开窗口。请先选一个窗口打开。");

    public static Refusal WindowTaken(int number) => new("hall.window-taken", $"{number} 号窗口有同事在用。请选另一个窗口，或者请大厅管理员先关掉它。", "Number");

    public static Refusal OtherWindow(int number) => new("hall.other-window", $"您还开着 {number} 号窗口。请先关掉它，再开新的。", "Number");

    public static Refusal UnknownWindow() => new("hall.unknown-window", "大厅里没有这个窗口，请从列表里选。", "Number");

    public static Refusal NotOpen(int number) => new("hall.not-open", number <= 0 ? "请填开着的窗口号。" : $"{number} 号窗口没有开着，不用关。请看看板上的窗口号。", "Number");

    public static Refusal SkillNotThere() => new("hall.skill-not-there", "这个窗口办不了选的业务，请重新选。", "Skills");

    public static Refusal NotMissedYet(HallRules rules, int calls) =>
        new("hall.not-missed-yet", $"还不能算过号：要叫满 {rules.MissedCalls} 遍，前后至少 {rules.MissedMinutes} 分钟，现在叫了 {calls} 遍。请再叫一遍。");

    public static Refusal RejoinedBefore() => new("hall.rejoined-before", "过号后只能回来一次。请重新取号。");

    public static Refusal RejoinTooLate(HallRules rules) => new("hall.rejoin-too-late", $"过号超过 {rules.RejoinWithin} 分钟了，不能再接着排。请重新取号。");

    public static Refusal UnknownGroup(string field) => new("hall.unknown-group", "没有这项业务，请从列表里选。", field);

    public static Refusal SameGroup() => new("hall.same-group", "已经在这项业务里了。请选另一项业务。", "Group");

    public static Refusal HasTicket(string? number) =>
        new("hall.has-ticket", $"您已经有这项业务的号了{(number is null ? "" : $"：{number}")}。请用手里的号等，不用再取。", "IdNumber");

    public static Refusal PhoneHasEnough(int most) =>
        new("hall.phone-has-enough", $"一部手机一天最多取 {most} 个号，已经取完。请到自助机或 1 区咨询台取号。");

    public static Refusal AppointmentNumberFirst() =>
        new("hall.appointment-number-first", "用手机签到，请填预约号；登录后签到不用填。也可以到自助机刷身份证签到。", "AppointmentNumber");

    public static Refusal PresenceFirst() =>
        new("hall.presence-first", "要在大厅里取号。请扫自助机屏幕上的码，码每 30 秒变一次，过一会儿就不能用了。");

    public static Refusal IdNumberMissing(string explanation) => new("hall.id-number-missing", explanation, "IdNumber");

    public static Refusal NoAppointment() =>
        new("hall.no-appointment", "今天没有这张身份证的这个预约。预约不能转给别人，请用约号时的身份证，核对预约号，或者现场取号。", "AppointmentNumber");

    public static Refusal NotOpenNow(string zone, DateTimeOffset? opens, DateOnly today, string field) => new("hall.closed-now",
        $"{zone}区现在不开{(opens is { } at ? $"，{OpeningWords.Of(at, today)} 开" : "，开放时间请打 12345 问")}。急事请找 1 区咨询台或值班人员登记。", field);

    public static Refusal NumbersUsedUp() => new("hall.numbers-used-up", "这个区今天的号取完了。请到 1 区咨询台，请工作人员帮您。");
}

/// <summary>When a zone opens, in words.</summary>
public static class OpeningWords
{
    private const string Days = "日一二三四五六";

    /// <summary>今天 13:30, 明天 09:00, 11月23日(周一)09:00.</summary>
    public static string Of(DateTimeOffset at, DateOnly today)
    {
        var (day, time) = (at.Day(), at.Local().ToString("HH:mm", CultureInfo.InvariantCulture));
        return day == today ? $"今天 {time}" : day == today.AddDays(1) ? $"明天 {time}"
            : string.Create(CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日（周{Days[(int)day.DayOfWeek]}）{time}");
    }
}
