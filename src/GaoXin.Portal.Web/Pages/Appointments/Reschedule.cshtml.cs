using GaoXin.Portal.Appointments;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>Another time for an appointment.</summary>
public sealed class RescheduleModel(TimeProvider clock) : PortalPage
{
    /// <summary>The appointment.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>The day chosen.</summary>
    [BindProperty(SupportsGet = true, Name = "day")]
    public DateOnly? Day { get; set; }

    /// <summary>The new time.</summary>
    [BindProperty(Name = "slot")]
    public Guid? Slot { get; set; }

    /// <summary>The appointment with its names.</summary>
    public AppointmentView Appointment { get; private set; } = null!;

    /// <summary>The two weeks.</summary>
    public Availability Availability { get; private set; } = null!;

    /// <summary>The day chosen, else the first with places.</summary>
    public BookingDay? Chosen { get; private set; }

    /// <summary>Today.</summary>
    public DateOnly Today => clock.Today();

    /// <summary>The grid.</summary>
    public DayGrid Grid => new(Availability, Chosen?.Day, day => BookingLinks.Reschedule(Id, day));

    /// <summary>Shows the times.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Appointment.State == AppointmentState.Confirmed ? Page() : Redirect(BookingLinks.Pass(Id));
    }

    /// <summary>Moves it.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        if (Slot is not { } slot)
        {
            ModelState.AddModelError("", "请选一个时段。");
            return await ShowAgain();
        }

        await Send(new RescheduleAppointment(Id, slot));
        return Redirect(BookingLinks.Pass(Id));
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Appointment = await Send(new GetAppointment(Id));
        Availability = await Send(new GetAvailability(Appointment.Subject.Service));
        Chosen = Day is { } day ? Availability.Day(day) : Availability.Days.FirstOrDefault(d => d.State == BookingDayState.Free);
    }
}
