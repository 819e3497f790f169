using System.Globalization;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Appointments;

/// <summary>Everything Appointments refuses, on one screen.</summary>
internal static class AppointmentRefusals
{
    public static Refusal Full() => new("appointment.full", "这个时段刚刚约满了。请换一个时段，或者加入候补，有人退号先留给您。");

    public static Refusal Past() => new("appointment.past", "这个时段已经过了，请选以后的时段。");

    public static Refusal TooLate(DateTimeOffset end) => new("appointment.too-late", $"这个时段的网上预约 {Time(end)} 已经截止，请选晚一点的时段，或直接到大厅取号。");

    public static Refusal Closed() => new("appointment.closed", "大厅这个时段不开放，请换一个时段。");

    public static Refusal NotYet(DateTimeOffset opens) => new("appointment.not-yet", $"这一天的号 {Time(opens)} 才放，请到时再来。");

    public static Refusal NoSlot() => new("appointment.no-slot", "没有这个时段，可能页面打开太久了。请回到选时间，重新选。");

    public static Refusal AlreadyActive() => new("appointment.already-active", "这类业务已经有一个预约了，一个人同时只能约一个。请到“我的预约”里改时间，或先取消再约。");

    /// <summary>One answer for whatever stands against a person who is not signed in: an agent learns nothing about him.</summary>
    public static Refusal OtherNotNow() => new("appointment.other-not-now", "他现在不能在网上约这类业务，可能已经约过了，或者约的次数到了上限。请他本人登录“我的预约”看原因，也可以到大厅现场取号。");

    public static Refusal PropertyTaken() => new("appointment.property-taken", "这个不动产单元已经有人约了这类业务，一处房产同时只能约一个。请和共同申请人核对，让他改时间或取消。");

    public static Refusal CaseFirst() => new("appointment.case-first", "这件事要先在网上交申请，预审通过以后才能约。请打开办事指南，点“在线办理”。");

    public static Refusal CaseNumberFirst() => new("appointment.case-first", "这件事要有预审通过的办件才能约。请问清办件编号，GX 开头，填进来。", "CaseNumber");

    public static Refusal CaseNotReady() => new("appointment.case-not-ready", "没有找到您名下预审通过的这个办件。请在“我的办件”里看进度，预审通过后从“查进度”里预约。");

    public static Refusal CaseOver() => new("appointment.case-over", "这个办件已经面签、撤回、办结或到期，不能再约。请在“我的办件”里看进度。");

    public static Refusal CaseToMend() => new("appointment.case-to-mend", "这个办件要先补材料。请在“查进度”里照提示改好再交，重新预审通过以后再约。");

    public static Refusal CaseTaken() => new("appointment.case-taken", "这个办件已经有一个预约了，一个办件同时只能约一个。请到“我的预约”里改时间，或先取消再约。");

    public static Refusal Cooling(DateTimeOffset until) => new("appointment.cooling", $"您的网上预约暂停到 {Day(until)}，原因和申诉办法在“我的预约”里。急办可以直接到大厅现场取号。");

    public static Refusal ExpiredOften(DateTimeOffset until) => new("appointment.expired-often", $"今天留了号又没确认的次数太多，{Time(until)} 以后再约，也可以参加摇号或到大厅现场取号。");

    public static Refusal WeekFull(int most) => new("appointment.per-week", $"一个人 7 天里最多约 {most} 次，请过几天再约。急办可以直接到大厅现场取号。");

    public static Refusal MonthFull(int most) => new("appointment.per-month", $"一个人 30 天里最多约 {most} 次，请过些天再约。急办可以直接到大厅现场取号。");

    public static Refusal AgentFull(int most) => new("appointment.agent-limit", $"一个账号每月最多替别人约 {most} 次，这个月已经用完。请他本人登录预约，或打 12345。");

    public static Refusal DrawOnly(DateTimeOffset? closes) => new("appointment.draw", $"这一周的号要摇号，{Time(closes)} 前登记就行，早晚机会一样。");

    public static Refusal RoomFirst() => new("appointment.room", "这一天的号要先进候场，还没轮到您。请在候场页等，轮到时再选时段。");

    public static Refusal WeekQuotaFull(int quota) => new("appointment.week-quota", $"这一周的面签名额（{quota} 个）已经约满，请选别的周。");

    public static Refusal HoldOver() => new("appointment.hold-over", "留给您的时间已经过了，这个号放回去了。请重新选时间。");

    public static Refusal ExtendedAlready() => new("appointment.extended", "已经多留过一次，不能再加时间。请现在确认，或重新选时间。");

    public static Refusal StartedAlready() => new("appointment.started", "预约的时间已经到了，不能再改或取消。来不及的话请到大厅现场取号。");

    public static Refusal OverAlready(AppointmentState state) => new("appointment.over", $"这个预约{AppointmentWords.Of(state)}，不能再改。需要的话请重新预约。");

    public static Refusal MovedOften(int most) => new("appointment.moves", $"一个预约最多改 {most} 次时间，已经用完。请按时来，或取消后重新预约。");

    public static Refusal SameTime() => new("appointment.same-time", "选的就是原来的时段，不用改。");

    public static Refusal RealNameFirst() => new("appointment.real-name-first", "请先完成实名认证，再预约。");

    public static Refusal WaitingAlready() => new("appointment.waiting-already", "这类业务您已经在候补了，有号会发短信给您。要换日子，请先在“我的预约”里退出候补。");

    public static Refusal DrawClosed() => new("appointment.draw-closed", "这一周的摇号登记已经截止。请看下一周，或加入候补。");

    public static Refusal DrawAlready() => new("appointment.draw-already", "这一周您已经登记过摇号了，一个人只能登记一次。要改时段，请先在“我的预约”里撤回。");

    public static Refusal NoSuchDraw() => new("appointment.no-such-draw", "编号和身份证号后四位对不上，或者没有这个登记。请核对后再查；编号丢了，请带身份证到大厅自助机查。");

    public static Refusal DrawLookUpLocked() => new("appointment.draw-look-up-locked", "错得太多，1 小时内不能在这里再查。带身份证到大厅自助机查，或登录后在“我的预约”里看，都不受影响。");

    public static Refusal DrawOpen(DateTimeOffset? closes) => new("appointment.draw-open", $"登记 {Time(closes)} 截止，截止并公布名单指纹以后才能开摇。");

    public static Refusal DrawHeld() => new("appointment.draw-held", "这一周已经摇过了，结果和凭据都公布了，不能再摇。");

    public static Refusal SettledAlready() => new("appointment.settled", "这个申诉已经答复过了，请刷新页面。");

    public static Refusal AppealedAlready() => new("appointment.appealed", "已经申诉过了，请等大厅答复，3 个工作日内在这里看得到。");

    public static Refusal PreviewAgain() => new("appointment.preview-again", "预览以后情况变了：又有人约了、退了，或者别的窗口改过。什么都还没动，下面是现在的影响，请看过再确认。");

    public static Refusal SameHours() => new("appointment.same-hours", "和那天本来的开放时间一样，不用改。请改好时间再预览。");

    public static Refusal NotToday(DateTimeOffset starts) => new("appointment.not-today", $"这个预约是 {Day(starts)} 的，请当天来取号。");

    public static Refusal TooEarly(DateTimeOffset from) => new("appointment.too-early", $"还没到取号时间，请 {Time(from)} 以后来取。");

    public static Refusal TakenUp() => new("appointment.taken-up", "这个预约已经取过号了，请看大屏叫号。");

    public static Refusal TooLateToday() => new("appointment.late", "已经过了预约时段。可以现场取号，按现场顺序办。");

    private static string Day(DateTimeOffset instant) => instant.Local().ToString("M月d日", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? instant) => instant?.Local().ToString("M月d日 HH:mm", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>The states in plain words.</summary>
public static class AppointmentWords
{
    /// <summary>For example 已约好.</summary>
    public static string Of(AppointmentState state) => state switch
    {
        AppointmentState.Held => "还没确认",
        AppointmentState.Confirmed => "已约好",
        AppointmentState.CheckedIn => "已取号",
        AppointmentState.Done => "已办",
        AppointmentState.Cancelled => "已取消",
        AppointmentState.Expired => "没确认，已放回",
        AppointmentState.NoShow => "约了没来",
        _ => "大厅取消了",
    };
}
