using GaoXin.Portal.Appointments;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>Booking, step 4: what was chosen once more, while the place is kept.</summary>
public sealed class ConfirmModel(TimeProvider clock) : PortalPage
{
    /// <summary>The appointment.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>What is kept.</summary>
    public AppointmentView Appointment { get; private set; } = null!;

    /// <summary>Today.</summary>
    public DateOnly Today => clock.Today();

    /// <summary>Asks for the last time.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Appointment.State is AppointmentState.Held or AppointmentState.Expired ? Page() : Redirect(BookingLinks.Pass(Id));
    }

    /// <summary>Confirms.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(new ConfirmAppointment(Id));
        return Redirect(BookingLinks.Pass(Id));
    });

    /// <summary>Keeps it once more as long.</summary>
    public Task<IActionResult> OnPostExtendAsync() => Try(async () =>
    {
        await Send(new ExtendHold(Id));
        return Redirect(BookingLinks.Confirm(Id));
    });

    /// <summary>Gives it back.</summary>
    public Task<IActionResult> OnPostReleaseAsync() => Try(async () =>
    {
        await LoadAsync();
        await Send(new ReleaseHold(Id));
        return Redirect(BookingLinks.Time(Appointment.Subject.Service));
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => Appointment = await Send(new GetAppointment(Id));
}
