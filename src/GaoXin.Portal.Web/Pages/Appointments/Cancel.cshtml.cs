using GaoXin.Portal.Appointments;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>Says what cancelling costs, then cancels.</summary>
public sealed class CancelModel(TimeProvider clock) : PortalPage
{
    /// <summary>The appointment.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>The appointment with its names.</summary>
    public AppointmentView Appointment { get; private set; } = null!;

    /// <summary>What it costs.</summary>
    public CancelPrice Price { get; private set; } = null!;

    /// <summary>Today.</summary>
    public DateOnly Today => clock.Today();

    /// <summary>Asks.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Appointment.State == AppointmentState.Confirmed ? Page() : Redirect(BookingLinks.Pass(Id));
    }

    /// <summary>Cancels.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(new CancelAppointment(Id));
        return Redirect(BookingLinks.Pass(Id));
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => (Appointment, Price) = (await Send(new GetAppointment(Id)), await Send(new GetCancelPrice(Id)));
}
