using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Hall;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Hall;

/// <summary>导办台取号: for people without a card, and for urgent matters with a reason.</summary>
public sealed class TicketsModel : PortalPage
{
    /// <summary>The ticket to take.</summary>
    [BindProperty]
    public IssueTicket Command { get; set; } = new();

    /// <summary>业务.</summary>
    public IEnumerable<SelectListItem> Groups { get; private set; } = [];

    /// <summary>The ticket that was taken.</summary>
    public TakenTicket? Taken { get; private set; }

    /// <summary>The form.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>Takes a ticket and stays for the next person.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        Taken = await Send(Command);
        ModelState.Clear();
        Command = new IssueTicket();
        await LoadAsync();
        return Page();
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() =>
        Groups = (await Send(new GetZones())).Groups.Select(g => new SelectListItem($"{g.Zone.Number} 区 {g.Group.Title}", g.Group.Code)).ToList();
}
