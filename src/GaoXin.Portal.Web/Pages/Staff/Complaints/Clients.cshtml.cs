using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Complaints;

/// <summary>接口客户: programs that may file complaints; a key is shown once, on the answer that made it.</summary>
public sealed class ClientsModel : PortalPage
{
    /// <summary>Who gets a key.</summary>
    [BindProperty]
    public RegisterClient Command { get; set; } = new();

    /// <summary>The new key, on this answer only.</summary>
    public string? Key { get; private set; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<ClientLine> Clients { get; private set; } = [];

    /// <summary>The auditor reads only.</summary>
    public bool MayRegister => User.IsInRole(Roles.SystemAdministrator);

    /// <summary>Shows them.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>登记.</summary>
    public Task<IActionResult> OnPostRegisterAsync() => Try(async () =>
    {
        Key = await Send(Command);
        ModelState.Clear();
        Command = new RegisterClient();
        Response.Headers.CacheControl = "no-store";
        await LoadAsync();
        return Page();
    });

    /// <summary>停用.</summary>
    public Task<IActionResult> OnPostCloseAsync(Guid client)
    {
        ModelState.Clear();
        return Try(async () =>
        {
            await Send(new CloseClient(client));
            return RedirectToPage();
        });
    }

    /// <inheritdoc />
    protected override async Task LoadAsync() => Clients = await Send(new GetClients());
}
