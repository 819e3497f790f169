using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Web.TagHelpers;

namespace GaoXin.Portal.Web.Pages.Complaints;

/// <summary>The words of complaints that more than one page says.</summary>
internal static class ComplaintWords
{
    public static IReadOnlyList<Choice> Kinds { get; } =
    [
        new(nameof(ComplaintKind.CannotGetItDone), "办不成事", "跑了几次没办成、被推来推去、说不清缺什么"), new(nameof(ComplaintKind.Grievance), "投诉", "态度不好、超时、乱收费、要额外材料"),
        new(nameof(ComplaintKind.Question), "咨询", "不知道怎么办、找谁办"), new(nameof(ComplaintKind.Help), "求助", "生活里遇到难处，要人来解决"),
        new(nameof(ComplaintKind.Suggestion), "建议", "哪里能更好，谁做得好"), new(nameof(ComplaintKind.Report), "举报", "有人违法违规，内容不公开"),
    ];

    public static IReadOnlyList<Choice> Identities { get; } =
    [
        new(nameof(IdentityMode.Named), "可以", "实名，回得更快"), new(nameof(IdentityMode.Confidential), "不要，只让受理和督办的人看到", "实名保密，办理单位看不到您是谁"),
        new(nameof(IdentityMode.Anonymous), "匿名", "不记您的账号和姓名。请记好编号和撤回码，丢了查不到"),
    ];

    /// <summary>The kind of gx-tag for a state.</summary>
    public static string TagOf(ComplaintState state) => state switch
    {
        ComplaintState.Replied or ComplaintState.Closed => "done",
        ComplaintState.Suspended => "wait",
        ComplaintState.NotAccepted => "bad",
        ComplaintState.Withdrawn or ComplaintState.Merged => "grey",
        _ => "doing",
    };

    /// <summary>Why a complaint is not accepted, and the right way instead.</summary>
    public static string WhereInstead(string? reason) => reason switch
    {
        nameof(NotAcceptedReason.Litigation) => "已经进入诉讼。请向受理的法院提出，或打 12368。",
        nameof(NotAcceptedReason.Arbitration) => "已经进入仲裁。请向受理的仲裁委员会提出。",
        nameof(NotAcceptedReason.Reconsideration) => "已经进入行政复议。请向受理的复议机关提出。",
        nameof(NotAcceptedReason.Petition) => "属于信访事项。请走信访渠道，打 12345 转信访，或到信访接待大厅。",
        nameof(NotAcceptedReason.Discipline) => "反映的是党员干部违纪、公职人员违法。请打 12388，向纪检监察机关反映。",
        nameof(NotAcceptedReason.InformationDisclosure) => "属于申请政府信息公开。请按信息公开指南向保存信息的单位申请。",
        nameof(NotAcceptedReason.Secret) => "内容涉及国家秘密，不能在网上办理。请联系保密部门，不要再用网络发送。",
        nameof(NotAcceptedReason.OutsideArea) => "事情不在高新区。请打当地的 12345，打的时候前面加区号。",
        _ => "请打 12345 问该找谁。",
    };
}
