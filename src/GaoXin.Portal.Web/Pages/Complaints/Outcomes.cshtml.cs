using System.Globalization;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Complaints;

/// <summary>办理结果公开: redacted outcomes and the rates of a month, with what they are made of.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Public)]
public sealed class OutcomesModel(TimeProvider clock) : PortalPage
{
    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; private set; }

    /// <summary>The rates.</summary>
    public IReadOnlyList<UnitRates> Rates { get; private set; } = [];

    /// <summary>The rates of the month before, by unit.</summary>
    public IReadOnlyDictionary<string, UnitRates> Before { get; private set; } = new Dictionary<string, UnitRates>();

    /// <summary>What people complained about most.</summary>
    public IReadOnlyList<HotTopic> Topics { get; private set; } = [];

    /// <summary>The outcomes.</summary>
    public Page<PublicOutcome> Outcomes { get; private set; } = null!;

    /// <summary>Shows both.</summary>
    public async Task OnGetAsync([FromQuery] string? month)
    {
        Month = MonthOf(month, clock);
        Rates = await Send(new GetComplaintRates(Month));
        Before = (await Send(new GetComplaintRates(Month.AddMonths(-1)))).ToDictionary(u => u.Unit ?? "");
        Topics = await Send(new GetHotTopics(Month));
        Outcomes = await Send(new GetPublicOutcomes(After));
    }

    /// <summary>A month as an address writes it, not before 2020 and not after this one; this month when it is none.</summary>
    internal static DateOnly MonthOf(string? month, TimeProvider clock)
    {
        var current = new DateOnly(clock.Today().Year, clock.Today().Month, 1);
        return DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && asked.Year >= 2020 && asked <= current ? asked : current;
    }
}
