using GaoXin.Portal.Licences;

namespace GaoXin.Portal.Web.Pages.Licences;

/// <summary>我的证照: the last version of every licence of the signed-in person.</summary>
public sealed class IndexModel : PortalPage
{
    /// <summary>The newest first.</summary>
    public IReadOnlyList<LicenceSummary> Licences { get; private set; } = [];

    /// <summary>Shows the list.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <inheritdoc />
    protected override async Task LoadAsync() => Licences = await Send(new GetMyLicences());
}
