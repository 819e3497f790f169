using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Web.Pages.Staff.Work;

namespace GaoXin.Portal.Web.Pages.Staff.Help;

/// <summary>Help in the words of staff.</summary>
public static class HelpWords
{
    /// <summary>Where a case stands: as for other staff, but a helper works while the applicant still fills in.</summary>
    public static string Of(CaseState state) => state switch
    {
        CaseState.Draft => "在填表",
        CaseState.CorrectionRequested => "等申请人补正",
        _ => StepWords.Of(state, null),
    };

    /// <summary>Why somebody helps.</summary>
    public static string Of(HelpReason reason) => reason switch
    {
        HelpReason.Asked => "申请人请的",
        HelpReason.Filed => "交了一件事",
        _ => "同事转来的",
    };
}
