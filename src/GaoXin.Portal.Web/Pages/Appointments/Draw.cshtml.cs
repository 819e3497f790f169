using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>Takes part in the draw of a week.</summary>
public sealed class DrawModel(ICurrentUser user, TimeProvider clock) : BookingPage
{
    /// <summary>The application.</summary>
    [BindProperty]
    public ApplyForDraw Command { get; set; } = new();

    /// <summary>What is drawn.</summary>
    public DrawOffer Offer { get; private set; } = null!;

    /// <summary>The cases to book, where the service needs one.</summary>
    public CasesOfService Own { get; private set; } = null!;

    /// <summary>One's own data.</summary>
    public MyProfile Profile { get; private set; } = null!;

    /// <summary>The times to choose from.</summary>
    public IEnumerable<SelectListItem> Times => Offer.Slots.Where(s => s.CanBeTaken)
        .Select(s => new SelectListItem($"{AppointmentTime.Words(s.StartsAt, s.EndsAt, clock.Today())}，{s.Free} 个号", s.Id.ToString()));

    /// <summary>Asks.</summary>
    public async Task<IActionResult> OnGetAsync(string? service, Guid release)
    {
        if (user.IsStaff)
            return StatusCode(StatusCodes.Status403Forbidden);
        if (string.IsNullOrEmpty(service) || release == Guid.Empty)
            return Redirect(BookingLinks.Services);
        Command = new ApplyForDraw { Service = service, ReleaseId = release };
        await LoadAsync();
        return Profile.RealNameVerified ? Page() : Redirect(BookingLinks.RealName(BookingLinks.Draw(service, release)));
    }

    /// <summary>Takes part.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(Command);
        return Redirect(BookingLinks.Mine);
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        (Profile, Offer) = (await Send(new GetMyProfile()), await Send(new GetDrawOffer(Command.Service, Command.ReleaseId)));
        Own = await OwnOf(Offer.Subject, Command.CaseId);
    }
}
