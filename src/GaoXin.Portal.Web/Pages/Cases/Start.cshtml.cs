using System.Security.Claims;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Components;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>Before a form: who it is for, how long, what to have at hand. A person without a real name goes there first.</summary>
public sealed class StartModel(ICurrentUser user) : PortalPage
{
    private const string EntityRegister = "entity-register";

    /// <summary>The service's code.</summary>
    [FromRoute(Name = "code")]
    public string Code { get; set; } = "";

    /// <summary>The service.</summary>
    public ServiceDefinition Service { get; private set; } = null!;

    /// <summary>True when it is filed for an enterprise.</summary>
    public bool ForEnterprise => user.ActingForEnterpriseId is not null;

    /// <summary>In whose name it is filed.</summary>
    public string Subject => !ForEnterprise ? $"您本人（{user.DisplayName}）" : User.FindFirstValue(ActingForViewComponent.NameClaim) ?? "您代办的企业";

    /// <summary>True when it is about an enterprise and none is acted for: nothing would be filled in, and the end of the form would refuse it.</summary>
    public bool ChooseEnterprise => !ForEnterprise
        && (!Service.Audiences.Contains(Audience.Person) || Service.Pages.SelectMany(p => p.Fields).Any(f => f.Prefill?.Source == EntityRegister));

    /// <summary>Shows what is to come.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!user.IsSignedIn)
            return Challenge();
        if (user.IsStaff)
            return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (!Service.Online)
            return Redirect($"/services/{Service.Code}");
        return (await Send(new GetMyProfile())).RealNameVerified ? Page() : RealNameFirst();
    }

    /// <summary>Opens the draft, or the one that is open already.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (user.IsSignedIn && !user.IsStaff && !(await Send(new GetMyProfile())).RealNameVerified)
            return RealNameFirst();
        return await Try(async () => Redirect(CaseLinks.Tasks(await Send(new StartCase(Code)))));
    }

    /// <inheritdoc />
    protected override async Task LoadAsync() => Service = await Send(new GetServiceDefinition(Code)).OrNotFound("service");

    private RedirectResult RealNameFirst() => Redirect($"{CaseLinks.RealName}?returnUrl={Uri.EscapeDataString(CaseLinks.Start(Code))}");
}
