using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Kernel;

/// <summary>Who is asking. Handlers read it; commands never carry it.</summary>
public interface ICurrentUser
{
    /// <summary>The account's id; <see cref="Guid.Empty"/> when nobody is signed in, <see cref="SystemUser.UserId"/> for the portal itself.</summary>
    Guid Id { get; }

    /// <summary>True for a citizen or a member of staff.</summary>
    bool IsSignedIn { get; }

    /// <summary>True for staff accounts (工作人员).</summary>
    bool IsStaff { get; }

    /// <summary>True for the portal's own jobs and event handlers.</summary>
    bool IsSystem { get; }

    /// <summary>The display name: full for staff, masked for citizens (李*).</summary>
    string DisplayName { get; }

    /// <summary>The staff member's department code, else null.</summary>
    string? DepartmentCode { get; }

    /// <summary>The enterprise this person acts for (代某企业办理), else null. Checked against the authorisation at every request.</summary>
    Guid? ActingForEnterpriseId { get; }

    /// <summary>True when the account holds the role; see <see cref="Roles"/>.</summary>
    bool IsInRole(string role);
}

/// <summary>The roles of staff accounts.</summary>
public static class Roles
{
    /// <summary>审批人员: reviews and decides the cases of one department.</summary>
    public const string Officer = "officer";

    /// <summary>审批长: second person for revocations and refusals.</summary>
    public const string SeniorOfficer = "senior-officer";

    /// <summary>窗口人员: accepts and issues at the counter.</summary>
    public const string WindowClerk = "window-clerk";

    /// <summary>帮办员: accompanies applicants, fills in their forms where they agree, decides nothing.</summary>
    public const string Helper = "helper";

    /// <summary>大厅管理员.</summary>
    public const string HallManager = "hall-manager";

    /// <summary>事项编辑.</summary>
    public const string CatalogueEditor = "catalogue-editor";

    /// <summary>系统管理员: accounts and settings, no cases.</summary>
    public const string SystemAdministrator = "system-administrator";

    /// <summary>安全审计员: reads the audit trail, changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>诉求受理员: accepts complaints (诉求), sends them to the responsible unit, rules on returns and pauses.</summary>
    public const string ComplaintClerk = "complaint-clerk";

    /// <summary>承办联络员: signs complaints for the own unit, or returns them.</summary>
    public const string UnitLiaison = "unit-liaison";

    /// <summary>承办人: contacts the citizen, solves and replies.</summary>
    public const string ComplaintHandler = "complaint-handler";

    /// <summary>答复审核员: the second person of every reply, never its author.</summary>
    public const string ReplyReviewer = "reply-reviewer";

    /// <summary>回访员: asks the citizen whether it is solved, and whether satisfied.</summary>
    public const string CallBackOfficer = "call-back-officer";

    /// <summary>督办员: decides what several units sent back, and watches what is late.</summary>
    public const string ComplaintSupervisor = "complaint-supervisor";

    /// <summary>区领导: reads the supervision board, changes nothing and sees no person.</summary>
    public const string ZoneLeader = "zone-leader";

    /// <summary>首席服务官: visits enterprises (万人助万企), takes their problems down and stays with them until they are solved.</summary>
    public const string ServiceOfficer = "service-officer";

    /// <summary>All roles.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Officer, SeniorOfficer, WindowClerk, Helper, HallManager, CatalogueEditor, SystemAdministrator, Auditor,
            ComplaintClerk, UnitLiaison, ComplaintHandler, ReplyReviewer, CallBackOfficer, ComplaintSupervisor, ZoneLeader, ServiceOfficer];
}

/// <summary>The portal itself: jobs, event handlers, automatic decisions.</summary>
public sealed class SystemUser : ICurrentUser
{
    /// <summary>The fixed id under which automatic actions are recorded.</summary>
    public static readonly Guid UserId = new("00000000-0000-7000-8000-000000000001");

    /// <summary>The single instance.</summary>
    public static SystemUser Instance { get; } = new();

    /// <inheritdoc />
    public Guid Id => UserId;

    /// <inheritdoc />
    public bool IsSignedIn => false;

    /// <inheritdoc />
    public bool IsStaff => false;

    /// <inheritdoc />
    public bool IsSystem => true;

    /// <inheritdoc />
    public string DisplayName => "系统";

    /// <inheritdoc />
    public string? DepartmentCode => null;

    /// <inheritdoc />
    public Guid? ActingForEnterpriseId => null;

    /// <inheritdoc />
    public bool IsInRole(string role) => false;
}

/// <summary>The current user of a scope. The web sets it per request, the outbox worker sets <see cref="SystemUser"/>.</summary>
internal sealed class CurrentUserHolder : ICurrentUser
{
    private ICurrentUser _user = AnonymousUser.Instance;

    public Guid Id => _user.Id;

    public bool IsSignedIn => _user.IsSignedIn;

    public bool IsStaff => _user.IsStaff;

    public bool IsSystem => _user.IsSystem;

    public string DisplayName => _user.DisplayName;

    public string? DepartmentCode => _user.DepartmentCode;

    public Guid? ActingForEnterpriseId => _user.ActingForEnterpriseId;

    public bool IsInRole(string role) => _user.IsInRole(role);

    public void Become(ICurrentUser user) => _user = user;
}

/// <summary>Nobody signed in.</summary>
public sealed class AnonymousUser : ICurrentUser
{
    /// <summary>The single instance.</summary>
    public static AnonymousUser Instance { get; } = new();

    /// <inheritdoc />
    public Guid Id => Guid.Empty;

    /// <inheritdoc />
    public bool IsSignedIn => false;

    /// <inheritdoc />
    public bool IsStaff => false;

    /// <inheritdoc />
    public bool IsSystem => false;

    /// <inheritdoc />
    public string DisplayName => "";

    /// <inheritdoc />
    public string? DepartmentCode => null;

    /// <inheritdoc />
    public Guid? ActingForEnterpriseId => null;

    /// <inheritdoc />
    public bool IsInRole(string role) => false;
}

/// <summary>Sets who asks, once per scope.</summary>
public static class CurrentUserExtensions
{
    /// <summary>From now on the scope's handlers see this user.</summary>
    public static void ActAs(this IServiceProvider scope, ICurrentUser user) =>
        scope.GetRequiredService<CurrentUserHolder>().Become(user);
}
