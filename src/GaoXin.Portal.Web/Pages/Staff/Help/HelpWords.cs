using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Helping;

namespace GaoXin.Portal.Web.Pages.Staff.Help;

/// <summary>Help in the words of staff.</summary>
public static class HelpWords
{
    /// <summary>Where a case stands.</summary>
    public static string Of(CaseState state) => state switch
    {
        CaseState.Draft => "在填表",
        CaseState.Submitted => "待受理",
        CaseState.PreChecked => "预审通过，等面签",
        CaseState.Accepted => "已受理",
        CaseState.InReview => "审查中",
        CaseState.CorrectionRequested => "等申请人补正",
        CaseState.Decided or CaseState.Issued => "已决定，正在出证",
        CaseState.Withdrawn => "申请人撤回",
        _ => "办结",
    };

    /// <summary>Why somebody helps.</summary>
    public static string Of(HelpReason reason) => reason switch
    {
        HelpReason.Asked => "申请人请的",
        HelpReason.Filed => "交了一件事",
        _ => "同事转来的",
    };
}
