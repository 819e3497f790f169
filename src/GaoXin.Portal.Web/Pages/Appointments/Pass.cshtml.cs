using GaoXin.Portal.Appointments;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>预约凭证: when, where, with what.</summary>
public sealed class PassModel(TimeProvider clock) : PortalPage
{
    /// <summary>The appointment.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>The appointment with its names.</summary>
    public AppointmentView Appointment { get; private set; } = null!;

    /// <summary>Today.</summary>
    public DateOnly Today => clock.Today();

    /// <summary>Shows the pass; what is still to be confirmed leads there.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        Appointment = await Send(new GetAppointment(Id));
        return Appointment.State == AppointmentState.Held ? Redirect(BookingLinks.Confirm(Id)) : Page();
    }
}
