using GaoXin.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>代企业办理: enterprises one may act for, their agents, and authorisations to accept.</summary>
public sealed class EnterprisesModel(IPortalSession session) : PortalPage
{
    [BindProperty]
    public AuthoriseAgent Command { get; set; } = new();

    public MyEnterprises Mine { get; private set; } = null!;

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostActAsync(Guid enterpriseId) => Instead(async () =>
    {
        await session.ActFor(await Send(new ActFor { EnterpriseId = enterpriseId }), Aborted);
        return RedirectToPage();
    });

    public Task<IActionResult> OnPostStopAsync() => Instead(async () =>
    {
        await session.ActFor(null, Aborted);
        return RedirectToPage();
    });

    public Task<IActionResult> OnPostAcceptAsync(Guid authorisationId) => Instead(async () =>
    {
        await Send(new AcceptAuthorisation { AuthorisationId = authorisationId });
        return RedirectToPage();
    });

    public Task<IActionResult> OnPostRevokeAsync(Guid authorisationId) => Instead(async () =>
    {
        await Send(new RevokeAgent { AuthorisationId = authorisationId });
        return RedirectToPage();
    });

    public Task<IActionResult> OnPostAuthoriseAsync() => Try(async () =>
    {
        await Send(Command);
        return RedirectToPage();
    });

    protected override async Task LoadAsync() => Mine = await Send(new GetMyEnterprises());

    /// <summary>The small forms of the page do not fill the big one.</summary>
    private Task<IActionResult> Instead(Func<Task<IActionResult>> act)
    {
        ModelState.Clear();
        return Try(act);
    }
}
