using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Waiting;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>Waits for a place that others give back.</summary>
public sealed class WaitModel(ICurrentUser user, TimeProvider clock) : BookingPage
{
    private const int Days = 14;

    /// <summary>What is waited for.</summary>
    [BindProperty]
    public JoinWaitingList Command { get; set; } = new();

    /// <summary>The service.</summary>
    public BookingSubject Subject { get; private set; } = null!;

    /// <summary>The cases to book, where the service needs one.</summary>
    public CasesOfService Own { get; private set; } = null!;

    /// <summary>One's own data.</summary>
    public MyProfile Profile { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public async Task<IActionResult> OnGetAsync(string? service)
    {
        if (user.IsStaff)
            return StatusCode(StatusCodes.Status403Forbidden);
        if (string.IsNullOrEmpty(service))
            return Redirect(BookingLinks.Services);
        Command = new JoinWaitingList { Service = service, FromDay = clock.Today().AddDays(1), ToDay = clock.Today().AddDays(Days) };
        await LoadAsync();
        return Profile.RealNameVerified ? Page() : Redirect(BookingLinks.RealName(BookingLinks.Wait(service)));
    }

    /// <summary>Joins.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(Command);
        return Redirect(BookingLinks.Mine);
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        (Profile, Subject) = (await Send(new GetMyProfile()), (await Send(new GetAvailability(Command.Service))).Subject);
        Own = await OwnOf(Subject, Command.CaseId);
    }
}
