using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Appointments;

/// <summary>改开放时间 of a zone in two steps: whom it moves, then the change that was seen.</summary>
public sealed class HoursModel(ICurrentUser user) : PortalPage
{
    /// <summary>The change.</summary>
    [BindProperty]
    public ChangeHours Command { get; set; } = new();

    /// <summary>The zone to look at.</summary>
    [BindProperty(SupportsGet = true, Name = "zone")]
    public string? Zone { get; set; }

    /// <summary>How many appointments the change moved; shown once.</summary>
    [TempData(Key = "hours-moved")]
    public int? Moved { get; set; }

    /// <summary>The zones to choose from.</summary>
    public IReadOnlyList<SelectListItem> Zones { get; private set; } = [];

    /// <summary>The hours of the chosen zone.</summary>
    public ZoneHoursView? Hours { get; private set; }

    /// <summary>Whom the change would move.</summary>
    public HallChangePreview? Preview { get; private set; }

    /// <summary>The name of the chosen zone.</summary>
    public string ZoneTitle => Zones.FirstOrDefault(z => z.Value == Zone)?.Text ?? "";

    /// <summary>The lines of a day in one; a day without any is closed.</summary>
    public static string OneLine(string lines) => lines.Length == 0 ? "不开" : lines.Replace("\n", "，", StringComparison.Ordinal);

    /// <summary>The hours of a zone, ready to be changed.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!user.IsInRole(Roles.HallManager))
            return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        Command = Hours?.Latest ?? Command;
        return Page();
    }

    /// <summary>Shows whom it moves; stores nothing.</summary>
    public Task<IActionResult> OnPostPreviewAsync() => Try(async () =>
    {
        await LoadAsync();
        Preview = await Send(new PreviewHours(Command));
        return Page();
    });

    /// <summary>Stores what was seen, or shows what would happen now.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        try
        {
            Moved = await Send(Command);
        }
        catch (RefusedException changed) when (changed.Refusals.Any(r => r.Code == "appointment.preview-again"))
        {
            Preview = await Send(new PreviewHours(Command));
            throw;
        }

        return Redirect($"/staff/appointments/hours?zone={Uri.EscapeDataString(Command.Zone)}");
    });

    /// <summary>The preview checks the fields of the change inside it.</summary>
    protected override string FieldName(string? property) => base.FieldName(property?.Split('.')[^1]);

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Zones = [.. (await Send(new GetZones())).Zones.Select(z => new SelectListItem(z.Title, z.Code))];
        Zone = Command.Zone.Length > 0 ? Command.Zone : Zone;
        if (Zones.Any(z => z.Value == Zone))
            Hours = await Send(new GetZoneHours(Zone!));
    }
}
