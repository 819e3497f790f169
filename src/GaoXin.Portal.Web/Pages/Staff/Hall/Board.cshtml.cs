using GaoXin.Portal.Hall.Staff;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Hall;

/// <summary>大厅看板 of the hall's manager.</summary>
public sealed class BoardModel : PortalPage
{
    /// <summary>The window whose alarm is over, or that is to be closed.</summary>
    [BindProperty]
    public int Number { get; set; }

    /// <summary>The window just closed; shown once.</summary>
    [TempData(Key = "window-closed")]
    public int? ClosedWindow { get; set; }

    /// <summary>The hall.</summary>
    public HallBoard Board { get; private set; } = null!;

    /// <summary>The board.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>The part that a script fetches again.</summary>
    public async Task<IActionResult> OnGetPartAsync()
    {
        await LoadAsync();
        return Partial("_Board", Board);
    }

    /// <summary>解除求助.</summary>
    public Task<IActionResult> OnPostResetAsync() => Try(async () =>
    {
        await Send(new ResetAlarm(Number));
        return RedirectToPage();
    });

    /// <summary>关窗: a colleague left it open.</summary>
    public Task<IActionResult> OnPostCloseAsync() => Try(async () =>
    {
        await Send(new CloseWindowOfColleague(Number));
        ClosedWindow = Number;
        return RedirectToPage();
    });

    /// <summary>This device becomes a kiosk for a month; the manager signs out on it afterwards.</summary>
    public async Task<IActionResult> OnPostKioskAsync()
    {
        await LoadAsync();
        HttpContext.RequestServices.GetRequiredService<HallDevices>().SetUpKiosk(HttpContext);
        return RedirectToPage("/Hall/Kiosk");
    }

    /// <inheritdoc />
    protected override async Task LoadAsync() => Board = await Send(new GetHallBoard());
}
