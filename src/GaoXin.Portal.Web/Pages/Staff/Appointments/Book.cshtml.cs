using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Appointments;

/// <summary>Books for callers and people at the counter, or enters them in a draw.</summary>
public sealed class BookModel(ICurrentUser user, TimeProvider clock) : PortalPage
{
    /// <summary>The booking; of a draw the same fields.</summary>
    [BindProperty]
    public BookAtDesk Command { get; set; } = new();

    /// <summary>The service.</summary>
    [BindProperty(SupportsGet = true, Name = "service")]
    public string? Service { get; set; }

    /// <summary>Of a draw the second wish.</summary>
    [BindProperty(Name = "second")]
    public Guid? Second { get; set; }

    /// <summary>Of a draw the third.</summary>
    [BindProperty(Name = "third")]
    public Guid? Third { get; set; }

    /// <summary>The number to read out; shown once.</summary>
    [TempData(Key = "desk-booked")]
    public string? Booked { get; set; }

    /// <summary>An application for a draw was taken; shown once.</summary>
    [TempData(Key = "desk-entered")]
    public string? Entered { get; set; }

    /// <summary>The services to choose from.</summary>
    public IReadOnlyList<SelectListItem> Services { get; private set; } = [];

    /// <summary>When the chosen one can be booked.</summary>
    public DeskTimes? Desk { get; private set; }

    /// <summary>Its places are drawn.</summary>
    public bool IsDraw => Desk?.Times.Any(t => t.DrawRelease is not null) == true;

    /// <summary>The times to choose from.</summary>
    public IEnumerable<SelectListItem> Times => (Desk?.Times ?? [])
        .Select(t => new SelectListItem($"{AppointmentTime.Words(t.StartsAt, t.EndsAt, clock.Today())}，{(t.DrawRelease is null ? "余" : "摇")} {t.Free} 个号", t.SlotId.ToString()));

    /// <summary>Shows the times of the service.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!user.IsInRole(Roles.WindowClerk) && !user.IsInRole(Roles.HallManager))
            return StatusCode(StatusCodes.Status403Forbidden);
        Command = new BookAtDesk { Key = Guid.NewGuid().ToString("N") };
        await LoadAsync();
        return Page();
    }

    /// <summary>Books, or enters in the draw.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        var time = (await Send(new GetDeskTimes(Command.Service))).Times.FirstOrDefault(t => t.SlotId == Command.SlotId);
        if (time?.DrawRelease is { } release)
            await Enter(release);
        else
            Booked = AppointmentNumber.Display(await Send(Command));
        return Redirect($"/staff/appointments/book?service={Uri.EscapeDataString(Command.Service)}");
    });

    /// <inheritdoc />
    protected override string FieldName(string? property) => base.FieldName(property == nameof(ApplyForDrawAtDesk.First) ? nameof(BookAtDesk.SlotId) : property);

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Services = [.. (await Send(new GetBookableServices())).SelectMany(g => g.Services).Select(s => new SelectListItem(s.Title, s.Code))];
        if (Services.Any(s => s.Value == Service))
            Desk = await Send(new GetDeskTimes(Service!));
    }

    private async Task Enter(Guid release)
    {
        Entered = AppointmentNumber.Display(await Send(new ApplyForDrawAtDesk
        {
            Service = Command.Service,
            ReleaseId = release,
            First = Command.SlotId ?? Guid.Empty,
            Second = Second,
            Third = Third,
            Name = Command.Name,
            IdNumber = Command.IdNumber,
            Phone = Command.Phone,
            CaseNumber = Command.CaseNumber,
            PropertyUnit = Command.PropertyUnit,
            Key = Command.Key,
        }));
    }
}
