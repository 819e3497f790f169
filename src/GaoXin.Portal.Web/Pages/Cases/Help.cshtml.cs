using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Helping;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>帮办: who helps with the own case, and what the applicant lets the helper do.</summary>
public sealed class HelpModel : PortalPage
{
    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>Who helps; null when nobody does.</summary>
    public CaseHelpView? Help { get; private set; }

    /// <summary>Shows it.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>请一位帮办员.</summary>
    public Task<IActionResult> OnPostAskAsync() => Then(new AskForHelper(Id));

    /// <summary>同意帮办员替我填.</summary>
    public Task<IActionResult> OnPostAgreeAsync([FromForm] Guid helper) => Then(new GiveFilingConsent(Id, helper));

    /// <summary>收回同意.</summary>
    public Task<IActionResult> OnPostEndAsync() => Then(new EndFilingConsent(Id));

    /// <inheritdoc />
    protected override async Task LoadAsync() => Help = await Send(new GetCaseHelp(Id));

    private Task<IActionResult> Then(MediatR.IRequest<MediatR.Unit> act) => Try(async () =>
    {
        await Send(act);
        return Redirect(CaseLinks.Help(Id));
    });
}
