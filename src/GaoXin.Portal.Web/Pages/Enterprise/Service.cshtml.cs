using GaoXin.Portal.Enterprise;

namespace GaoXin.Portal.Web.Pages.Enterprise;

/// <summary>企业服务 for the enterprise: who its 首席服务官 is, with telephone, and how its problems stand.</summary>
public sealed class ServiceModel : PortalPage
{
    /// <summary>The own enterprises.</summary>
    public IReadOnlyList<MyFirm> Firms { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync() => Firms = await Send(new GetMyFirms());
}
