using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.TagHelpers;

namespace GaoXin.Portal.Web.Pages.Staff.Identity;

/// <summary>The words for roles and changes of staff accounts.</summary>
internal static class StaffWords
{
    private static readonly Dictionary<string, string> RoleNames = new()
    {
        [Roles.Officer] = "审批人员",
        [Roles.SeniorOfficer] = "审批长",
        [Roles.WindowClerk] = "窗口人员",
        [Roles.Helper] = "帮办员",
        [Roles.HallManager] = "大厅管理员",
        [Roles.CatalogueEditor] = "事项编辑",
        [Roles.SystemAdministrator] = "系统管理员",
        [Roles.Auditor] = "安全审计员",
        [Roles.ComplaintClerk] = "诉求受理员",
        [Roles.UnitLiaison] = "承办联络员",
        [Roles.ComplaintHandler] = "承办人",
        [Roles.ReplyReviewer] = "答复审核员",
        [Roles.CallBackOfficer] = "回访员",
        [Roles.ComplaintSupervisor] = "督办员",
        [Roles.ZoneLeader] = "区领导",
        [Roles.ServiceOfficer] = "首席服务官",
    };

    public static IReadOnlyList<Choice> RoleChoices { get; } = [.. Roles.All.Select(r => new Choice(r, Role(r)))];

    public static string Role(string code) => RoleNames.GetValueOrDefault(code, code);

    public static string Of(StaffAccountChangeKind kind) => kind switch
    {
        StaffAccountChangeKind.Opened => "开户",
        StaffAccountChangeKind.Deactivated => "停用",
        StaffAccountChangeKind.Reactivated => "恢复",
        StaffAccountChangeKind.DutiesChanged => "改角色或部门",
        StaffAccountChangeKind.SignInReset => "重置登录",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
