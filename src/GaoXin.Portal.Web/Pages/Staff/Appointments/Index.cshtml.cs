using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Catalogue;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Appointments;

/// <summary>What the hall manager does about booking: closes zones with a preview, holds draws, answers appeals.</summary>
public sealed class DeskModel : PortalPage
{
    /// <summary>A closure, to be previewed or made.</summary>
    [BindProperty(SupportsGet = true)]
    public CloseZone Command { get; set; } = new();

    /// <summary>Asked for a preview.</summary>
    [BindProperty(SupportsGet = true, Name = "preview")]
    public bool WithPreview { get; set; }

    /// <summary>What waits.</summary>
    public BookingDesk Desk { get; private set; } = null!;

    /// <summary>Draws, closed or held.</summary>
    public IReadOnlyList<DrawSummary> Draws { get; private set; } = [];

    /// <summary>Whom the closure would affect.</summary>
    public HallChangePreview? Preview { get; private set; }

    /// <summary>The zones to choose from.</summary>
    public IReadOnlyList<SelectListItem> Zones { get; private set; } = [];

    /// <summary>The name of a zone.</summary>
    public string ZoneTitle(string code) => Zones.FirstOrDefault(z => z.Value == code)?.Text ?? code;

    /// <summary>A reason in words.</summary>
    public static string Words(CooldownReason reason) => reason switch
    {
        CooldownReason.NoShow => "约了没来",
        CooldownReason.CancelledAgain => "90 天里第二次取消",
        _ => "临近才取消",
    };

    /// <summary>Shows the page, with the preview when it is asked for.</summary>
    public Task OnGetAsync()
    {
        ModelState.Clear();
        return LoadAsync();
    }

    /// <summary>Closes as previewed; a refusal shows what would happen now.</summary>
    public Task<IActionResult> OnPostAsync()
    {
        WithPreview = true;
        return Try(async () =>
        {
            await Send(Command);
            return Redirect("/staff/appointments");
        });
    }

    /// <summary>Opens again.</summary>
    public Task<IActionResult> OnPostReopenAsync(Guid id) => Act(() => Send(new ReopenZone(id)));

    /// <summary>Holds a draw.</summary>
    public Task<IActionResult> OnPostDrawAsync(Guid id, string? value) => Act(() => Send(new HoldDraw(id, value ?? "")));

    /// <summary>Answers an appeal.</summary>
    public Task<IActionResult> OnPostSettleAsync(Guid id, bool lift, string? answer) => Act(() => Send(new SettleAppeal(id, lift, answer ?? "")));

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        (Desk, Draws) = (await Send(new GetBookingDesk()), await Send(new GetDraws()));
        Zones = [.. (await Send(new GetZones())).Zones.Select(z => new SelectListItem(z.Title, z.Code))];
        if (WithPreview)
            Preview = await Send(new PreviewClosure(Command));
    }

    private Task<IActionResult> Act(Func<Task> act)
    {
        // The closure's fields are not part of these forms.
        ModelState.Clear();
        return Try(async () =>
        {
            await act();
            return Redirect("/staff/appointments");
        });
    }
}
