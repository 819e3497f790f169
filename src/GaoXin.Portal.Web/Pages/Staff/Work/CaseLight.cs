using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.TagHelpers;

namespace GaoXin.Portal.Web.Pages.Staff.Work;

/// <summary>The light (灯) of a case: its kind is one of <see cref="LightTagHelper"/>, the words say how much time is left.</summary>
public sealed record CaseLight(string Kind, string Words)
{
    /// <summary>The light on a day. Time left is told in working days, as the clock counts.</summary>
    public static CaseLight Of(WorkLine line, DateOnly today, WorkingCalendar calendar)
    {
        if (line.DueOn is not { } due)
        {
            return line.State is CaseState.CorrectionRequested or CaseState.PreChecked ? new(LightTagHelper.Waiting, "等申请人")
                : CaseTransitions.Workable(line.State) ? new(LightTagHelper.Waiting, "期限停着")
                : new(LightTagHelper.Ended, StepWords.Of(line));
        }

        return Of(due, today, calendar);
    }

    /// <summary>The light of a due day.</summary>
    public static CaseLight Of(DateOnly due, DateOnly today, WorkingCalendar calendar) => due.CompareTo(today) switch
    {
        < 0 => new(LightTagHelper.Overdue, calendar.CountWorkingDays(due, today) is var late and > 0 ? $"超期 {late} 个工作日" : "已超期"),
        0 => new(LightTagHelper.Today, "今天到期"),
        _ => new(LightTagHelper.Ok, calendar.CountWorkingDays(today, due) is var left and > 0 ? $"剩 {left} 个工作日" : "还有时间"),
    };
}

/// <summary>环节: where a case stands, in the words of staff.</summary>
public static class StepWords
{
    /// <summary>One word or two.</summary>
    public static string Of(WorkLine line) => Of(line.State, line.Outcome);

    /// <summary>The same of a state; how it ended is told when it is known.</summary>
    public static string Of(CaseState state, CaseOutcome? outcome) => state switch
    {
        CaseState.Submitted => "待受理",
        CaseState.PreChecked => "预审通过，等面签",
        CaseState.Accepted => "已受理",
        CaseState.InReview => "审查中",
        CaseState.CorrectionRequested => "补正中",
        CaseState.Decided or CaseState.Issued => "已决定，正在出证",
        CaseState.Withdrawn => "申请人撤回",
        _ => outcome switch
        {
            CaseOutcome.Approved => "办结，准予",
            CaseOutcome.Refused => "办结，不予登记",
            CaseOutcome.NotAccepted => "不予受理",
            CaseOutcome.Lapsed => "补正逾期，结束",
            _ => "办结",
        },
    };
}
