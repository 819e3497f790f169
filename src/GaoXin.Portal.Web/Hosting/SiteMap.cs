using System.Security.Claims;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>A link of a navigation bar.</summary>
public sealed record SiteLink(string Text, string Href)
{
    /// <summary>The value of aria-current on a page with this path: page, true for a page below, else null.</summary>
    public string? CurrentOn(PathString path) =>
        path == Href ? "page" : Href != "/" && path.StartsWithSegments(Href) ? "true" : null;
}

/// <summary>The addresses that every page links to. Only what exists stands here: no link leads nowhere.</summary>
public static class SiteMap
{
    /// <summary>Sign-in of citizens.</summary>
    public const string SignIn = "/sign-in";

    /// <summary>Sign-out, by POST.</summary>
    public const string SignOut = "/sign-out";

    /// <summary>The public navigation.</summary>
    public static IReadOnlyList<SiteLink> Public { get; } =
        [new("首页", "/"), new("办事指南", "/services"), new("预约取号", "/appointments"), new("大厅现在", "/hall"), new("查进度", "/cases"), new("反映问题", "/complaints"), new("我的证照", "/licences")];

    /// <summary>What the menu adds for a citizen who has signed in.</summary>
    public static IReadOnlyList<SiteLink> Own { get; } = [new("我的消息", "/notices"), new("我的诉求", "/complaints/mine"), new("我的评价", "/evaluations/mine"), new("我的预约", "/appointments/mine"), new("我的收藏", "/me/favourites"), new("我的数据", "/me/data"), new("代企业办理", "/enterprises")];

    /// <summary>The roles that work on complaints.</summary>
    private static readonly string[] ComplaintRoles =
        [Roles.ComplaintClerk, Roles.UnitLiaison, Roles.ComplaintHandler, Roles.ReplyReviewer, Roles.CallBackOfficer, Roles.ComplaintSupervisor];

    private static readonly (SiteLink Link, string[] Roles)[] ByDuty =
    [
        (new("待办", "/staff/work"), [Roles.Officer, Roles.SeniorOfficer]),
        (new("容缺和承诺", "/staff/promises"), [Roles.Officer, Roles.SeniorOfficer]),
        (new("事项", "/staff/catalogue"), [Roles.CatalogueEditor, Roles.Auditor]),
        (new("指南二维码", "/staff/scans"), [Roles.CatalogueEditor, Roles.Auditor]),
        (new("清单外要求", "/staff/supervision/exceptions"), [Roles.SeniorOfficer, Roles.Auditor]),
        (new("搜不到的词", "/staff/catalogue/missed-searches"), [Roles.CatalogueEditor, Roles.Auditor]),
        (new("帮办", "/staff/help"), [Roles.Helper]),
        (new("窗口叫号", "/staff/hall/window"), [Roles.WindowClerk]),
        (new("综窗", "/staff/counter"), [Roles.WindowClerk]),
        (new("大厅看板", "/staff/hall/board"), [Roles.HallManager]),
        (new("一件事预警", "/staff/bundles"), [Roles.SeniorOfficer, Roles.HallManager, Roles.Auditor]),
        (new("电话代约", "/staff/appointments/book"), [Roles.WindowClerk, Roles.HallManager]),
        (new("预约管理", "/staff/appointments"), [Roles.HallManager]),
        (new("帮办岗", "/staff/help/roster"), [Roles.HallManager]),
        (new("督办看板", "/staff/supervision/board"), [Roles.ComplaintSupervisor, Roles.ZoneLeader]),
        (new("诉求", "/staff/complaints"), ComplaintRoles),
        (new("诉求比率", "/staff/complaints/rates"), [Roles.ZoneLeader, Roles.Auditor]),
        (new("企业服务", "/staff/enterprises"), [Roles.ServiceOfficer, Roles.ComplaintSupervisor, Roles.ZoneLeader]),
        (new("差评整改", "/staff/evaluations"),
            [Roles.UnitLiaison, Roles.CallBackOfficer, Roles.ComplaintSupervisor, Roles.Auditor, Roles.Officer, Roles.SeniorOfficer, Roles.WindowClerk, Roles.ComplaintHandler]),
        (new("窗口评价码", "/staff/evaluations/windows"), [Roles.HallManager]),
        (new("账号", "/staff/accounts"), [Roles.SystemAdministrator, Roles.Auditor]),
        (new("接口客户", "/staff/complaints/clients"), [Roles.SystemAdministrator, Roles.Auditor]),
        (new("外部单位对接", "/staff/connectors"), [Roles.SystemAdministrator, Roles.HallManager]),
    ];

    /// <summary>The navigation of this member of staff: each sees what the duties are for, the first is where the day begins.</summary>
    public static IReadOnlyList<SiteLink> StaffFor(ClaimsPrincipal user) => [.. ByDuty.Where(d => d.Roles.Any(user.IsInRole)).Select(d => d.Link)];

    /// <summary>The foot of every public page.</summary>
    public static IReadOnlyList<SiteLink> Legal { get; } =
        [new("隐私说明", "/privacy"), new("无障碍声明", "/accessibility"), new("服务评价公开", "/evaluations"), new("简易注销公告", "/deregistration-notices"), new("网站地图", "/sitemap"), new("开放接口", "/developers")];
}
