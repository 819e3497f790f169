using System.Security.Claims;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Components;

/// <summary>Says on every page for which enterprise the signed-in person acts (代某某公司办理). Silent for oneself.</summary>
public sealed class ActingForViewComponent(ICurrentUser user) : ViewComponent
{
    /// <summary>The claim that holds the enterprise's name.</summary>
    public const string NameClaim = "acting_for_name";

    /// <summary>The strip, or nothing.</summary>
    public IViewComponentResult Invoke()
    {
        var name = UserClaimsPrincipal.FindFirstValue(NameClaim);
        return user.ActingForEnterpriseId is null || string.IsNullOrEmpty(name) ? Content("") : View<string>("Default", name);
    }
}
