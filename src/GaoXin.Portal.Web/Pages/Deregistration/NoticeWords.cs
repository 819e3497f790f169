using GaoXin.Portal.Registration.Procedures;

namespace GaoXin.Portal.Web.Pages.Deregistration;

/// <summary>Addresses and words of notices of simple deregistration.</summary>
internal static class NoticeWords
{
    public const string List = "/deregistration-notices";

    public static string One(Guid id) => $"{List}/{id}";

    public static string Object(Guid id) => $"{List}/{id}/object";

    public static (string Kind, string Text) Of(DeregistrationNoticeState state) => state switch
    {
        DeregistrationNoticeState.Running => ("doing", "公示中"),
        DeregistrationNoticeState.Open => ("wait", "公示期满，等公司申请"),
        DeregistrationNoticeState.Lapsed => ("grey", "逾期没有申请"),
        DeregistrationNoticeState.Objected => ("bad", "有异议，已停下"),
        DeregistrationNoticeState.Withdrawn => ("grey", "公司已撤回"),
        _ => ("done", "已注销"),
    };
}
