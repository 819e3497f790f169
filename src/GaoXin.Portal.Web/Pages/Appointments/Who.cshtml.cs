using GaoXin.Portal.Appointments;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>Booking, step 3: who comes. Then the place is kept.</summary>
public sealed class WhoModel(ICurrentUser user, TimeProvider clock) : BookingPage
{
    /// <summary>What is to be kept.</summary>
    [BindProperty]
    public HoldSeat Command { get; set; } = new();

    /// <summary>The service and its days.</summary>
    public Availability Availability { get; private set; } = null!;

    /// <summary>The time chosen; null when it is not there any more.</summary>
    public BookingSlot? Time { get; private set; }

    /// <summary>One's own data.</summary>
    public MyProfile Profile { get; private set; } = null!;

    /// <summary>The cases to book, where the service needs one.</summary>
    public CasesOfService Own { get; private set; } = null!;

    /// <summary>Today.</summary>
    public DateOnly Today => clock.Today();

    /// <summary>Asks; a person without a real name gives it first.</summary>
    public async Task<IActionResult> OnGetAsync(string? service, Guid slot)
    {
        if (user.IsStaff)
            return StatusCode(StatusCodes.Status403Forbidden);
        if (string.IsNullOrEmpty(service))
            return Redirect(BookingLinks.Services);
        if (slot == Guid.Empty)
            return Redirect(BookingLinks.Time(service));
        Command = new HoldSeat { Service = service, SlotId = slot, Key = Guid.NewGuid().ToString("N") };
        await LoadAsync();
        return Profile.RealNameVerified ? Page() : Redirect(BookingLinks.RealName(BookingLinks.Who(service, slot)));
    }

    /// <summary>Keeps the place.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () => Redirect(BookingLinks.Confirm((await Send(Command)).AppointmentId)));

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Profile = await Send(new GetMyProfile());
        Availability = await Send(new GetAvailability(Command.Service));
        Own = await OwnOf(Availability.Subject, Command.CaseId);
        Time = Availability.Days.SelectMany(d => d.Slots).FirstOrDefault(s => s.Id == Command.SlotId);
    }
}
