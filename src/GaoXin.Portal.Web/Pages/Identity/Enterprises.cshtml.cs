using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using Microsoft.AspNetCore.Mvc;
using Choice = GaoXin.Portal.Web.TagHelpers.Choice;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>代企业办理: enterprises one may act for, their agents, and authorisations to accept.</summary>
public sealed class EnterprisesModel(IPortalSession session) : PortalPage
{
    [BindProperty]
    public AuthoriseAgent Command { get; set; } = new();

    /// <summary>Where the person came from to choose an enterprise.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public MyEnterprises Mine { get; private set; } = null!;

    /// <summary>What an agent can be allowed to file; read only for who leads an enterprise.</summary>
    public IReadOnlyList<Choice> Services { get; private set; } = [];

    /// <summary>The services in words; one that is not on offer any more keeps its code.</summary>
    public string Words(IReadOnlyList<string>? codes) =>
        codes is null ? "全部事项" : string.Join("、", codes.Select(c => Services.FirstOrDefault(s => s.Value == c)?.Text ?? c));

    public async Task OnGetAsync()
    {
        await LoadAsync();
        if (Mine.Enterprises.Where(e => e.IsLegalRepresentative).ToList() is [var only])
            Command = Command with { EnterpriseId = only.Id };
    }

    public Task<IActionResult> OnPostActAsync(Guid enterpriseId) => Instead(async () =>
    {
        await session.ActFor(await Send(new ActFor { EnterpriseId = enterpriseId }), Aborted);
        return this.Return(ReturnUrl, Url.Page("Enterprises")!);
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

    protected override async Task LoadAsync()
    {
        Mine = await Send(new GetMyEnterprises());
        if (Mine.Waiting.Count > 0 || Mine.Enterprises.Count > 0)
            Services = [.. (await Send(new GetOnlineServices(Audience.Enterprise))).Select(s => new Choice(s.Code, s.Title))];
    }

    /// <summary>The small forms of the page do not fill the big one.</summary>
    private Task<IActionResult> Instead(Func<Task<IActionResult>> act)
    {
        ModelState.Clear();
        return Try(act);
    }
}
