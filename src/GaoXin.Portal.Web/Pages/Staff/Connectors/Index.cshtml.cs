using GaoXin.Portal.OneThing.Connectors;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Connectors;

/// <summary>外部单位对接: how each party's connector is doing, and what waits for it.</summary>
public sealed class IndexModel : PortalPage
{
    /// <summary>The parties.</summary>
    public IReadOnlyList<ConnectorView> Connectors { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>马上再送.</summary>
    public Task<IActionResult> OnPostRetryAsync([FromForm] string? party) => Try(async () =>
    {
        await Send(new RetryParty(party ?? ""));
        return Redirect("/staff/connectors");
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => Connectors = await Send(new GetConnectors());
}
