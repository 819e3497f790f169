using GaoXin.Portal.Hall;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Hall;

/// <summary>排队号: the place in line on a phone or on paper. Whoever holds the code may leave or come back.</summary>
[AllowAnonymous]
public sealed class TicketModel : PortalPage
{
    /// <summary>Opens the ticket.</summary>
    [FromRoute(Name = "code")]
    public string? Code { get; set; }

    /// <summary>Taken at a kiosk: the next person comes.</summary>
    [FromQuery(Name = "printed")]
    public string? Printed { get; set; }

    /// <summary>The ticket.</summary>
    public TicketView Ticket { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>The part that a script fetches again.</summary>
    public async Task<IActionResult> OnGetPartAsync()
    {
        await LoadAsync();
        return Partial("_Ticket", Ticket);
    }

    /// <summary>不排了.</summary>
    public Task<IActionResult> OnPostLeaveAsync() => Try(async () =>
    {
        await Send(new LeaveQueue(Code));
        return RedirectToPage(new { code = Code });
    });

    /// <summary>回来接着排.</summary>
    public Task<IActionResult> OnPostRejoinAsync() => Try(async () =>
    {
        await Send(new RejoinQueue(Code));
        return RedirectToPage(new { code = Code });
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        Ticket = await Send(new GetTicket(Code));
    }
}
