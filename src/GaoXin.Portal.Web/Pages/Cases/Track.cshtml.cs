using GaoXin.Portal.Appointments;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.OneThing;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>查进度: whose turn it is, by when, what happened. While the portal itself decides, the page refreshes a few times.</summary>
public sealed class TrackModel(TimeProvider clock) : PortalPage
{
    private const int MostRefreshes = 5;
    private const int SecondsBetween = 2;

    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>How often the page refreshed itself.</summary>
    [BindProperty(SupportsGet = true, Name = "n")]
    public int Refreshed { get; set; }

    /// <summary>The progress.</summary>
    public CaseTrack Track { get; private set; } = null!;

    /// <summary>What waits for a rating.</summary>
    public WaitingRating? ToRate { get; private set; }

    /// <summary>The booking of a pre-checked case; null where it needs none.</summary>
    public CaseBooking? Booking { get; private set; }

    /// <summary>Today.</summary>
    public DateOnly Today => clock.Today();

    /// <summary>Who helps; null when nobody does.</summary>
    public CaseHelpView? Help { get; private set; }

    /// <summary>一件事: all its members; null for a single service.</summary>
    public BundleTrack? Bundle { get; private set; }

    /// <summary>The page comes again by itself.</summary>
    public bool Waiting => Track.AtWork && Refreshed is >= 0 and < MostRefreshes;

    /// <summary>Somebody still works on it.</summary>
    public bool Running => CaseTransitions.Open.Contains(Track.Case.State);

    /// <summary>Shows the progress; a draft is shown as its task list.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        try
        {
            Track = await Send(new GetCaseTrack(Id));
            ToRate = await Send(new GetWaitingRating(ServiceEventKind.Case, Id));
            if (Track.IsBundle)
                Bundle = await Send(new GetBundleTrack(Id));
        }
        catch (NotFoundException)
        {
            await Send(new GetTaskList(Id));
            return Redirect(CaseLinks.Tasks(Id));
        }

        if (Running && Track.BundleId is null)
            Help = await Send(new GetCaseHelp(Id));
        if (Track.Case.State == CaseState.PreChecked)
            Booking = await Send(new GetCaseBooking(Id));
        if (Waiting)
            Response.Headers["Refresh"] = $"{SecondsBetween};url={CaseLinks.Track(Id)}?n={Refreshed + 1}";
        return Page();
    }
}
