using GaoXin.Portal.Appointments;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>Booking, step 2: the day from two weeks, then the time. Anybody may look.</summary>
[AllowAnonymous]
public sealed class TimeModel : PortalPage
{
    /// <summary>The service's code.</summary>
    [BindProperty(SupportsGet = true, Name = "service")]
    public string? Service { get; set; }

    /// <summary>The day chosen.</summary>
    [BindProperty(SupportsGet = true, Name = "day")]
    public DateOnly? Day { get; set; }

    /// <summary>It is one's turn in the waiting room; the database looks again.</summary>
    [BindProperty(SupportsGet = true, Name = "turn")]
    public string? TurnMark { get; set; }

    /// <summary>See <see cref="TurnMark"/>.</summary>
    public bool Turn => TurnMark == "1";

    /// <summary>The two weeks.</summary>
    public Availability Availability { get; private set; } = null!;

    /// <summary>The day chosen, else the first with places.</summary>
    public BookingDay? Chosen { get; private set; }

    /// <summary>The grid.</summary>
    public DayGrid Grid => new(Availability, Chosen?.Day, day => BookingLinks.Time(Service!, day));

    /// <summary>Shows days and times.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (string.IsNullOrEmpty(Service))
            return Redirect(BookingLinks.Services);
        Availability = await Send(new GetAvailability(Service));
        Chosen = Day is { } day ? Availability.Day(day) : (Availability.Days.FirstOrDefault(d => d.State == BookingDayState.Free) ?? Availability.Days.FirstOrDefault(DayGrid.LeadsOn));
        return Page();
    }
}
