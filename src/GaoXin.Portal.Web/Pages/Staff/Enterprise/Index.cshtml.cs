using GaoXin.Portal.Enterprise;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Enterprise;

/// <summary>企业服务: the own enterprises of a 首席服务官, and how to take one; all of them for supervisors and leaders.</summary>
public sealed class IndexModel(TimeProvider clock) : PortalPage
{
    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>An enterprise to take.</summary>
    [BindProperty]
    public TakeFirm Command { get; set; } = new();

    /// <summary>The enterprises.</summary>
    public Page<FirmLine> Firms { get; private set; } = null!;

    /// <summary>This year's numbers.</summary>
    public ProblemReport Report { get; private set; } = null!;

    /// <summary>This year.</summary>
    public int Year { get; } = clock.Today().Year;

    /// <summary>Takes enterprises.</summary>
    public bool IsOfficer => User.IsInRole(Roles.ServiceOfficer);

    /// <summary>Shows the list.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>当首席服务官.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () => RedirectToPage("Firm", new { id = await Send(Command) }));

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Firms = await Send(new GetFirms(After));
        Report = await Send(new GetProblemRates(Year));
    }
}
