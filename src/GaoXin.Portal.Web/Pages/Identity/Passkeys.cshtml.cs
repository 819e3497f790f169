using GaoXin.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>指纹和刷脸: the passkeys of the signed-in account, citizen or staff.</summary>
public sealed class PasskeysModel(IPortalSession session) : PortalPage
{
    [BindProperty]
    public AddPasskey Command { get; set; } = new();

    public IReadOnlyList<PasskeyShown> Passkeys { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostOptionsAsync() => Content(await Send(new OfferPasskey()), "application/json");

    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(Command);
        return RedirectToPage();
    });

    public Task<IActionResult> OnPostRenameAsync(string id, string? name) => Instead(async () =>
    {
        await Send(new RenamePasskey { Id = id ?? "", Name = name ?? "" });
        return RedirectToPage();
    });

    public Task<IActionResult> OnPostRemoveAsync(string id) => Instead(async () =>
    {
        await Send(new RemovePasskey { Id = id ?? "" });
        await session.Refresh(Aborted);
        return RedirectToPage();
    });

    protected override async Task LoadAsync() => Passkeys = await Send(new GetMyPasskeys());

    /// <summary>The small forms of the page do not fill the big one.</summary>
    private Task<IActionResult> Instead(Func<Task<IActionResult>> act)
    {
        ModelState.Clear();
        return Try(act);
    }
}
