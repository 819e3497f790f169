using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace GaoXin.Portal.Web.Pages.Services;

/// <summary>历次版本 of a guide, and what changed between two of them: the last two, unless others are named.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PublicPageCache.Policy)]
public sealed class VersionsModel : PortalPage
{
    [FromRoute(Name = "code")]
    public string Code { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? To { get; set; }

    public ServiceVersions Versions { get; private set; } = null!;

    /// <summary>Null when there is one version only.</summary>
    public IReadOnlyList<ElementChange>? Changes { get; private set; }

    public async Task OnGetAsync()
    {
        // A damaged number in an address means none.
        ModelState.Clear();
        Versions = await Send(new GetServiceVersions(Code));
        if (Versions.Lines.Count == 1)
            return;
        To = Known(To, 0);
        From = Known(From, 1);
        Changes = await Send(new GetVersionChanges(Code, From.Value, To.Value));
    }

    private int Known(int? version, int place) => Versions.Lines.FirstOrDefault(l => l.Version == version)?.Version ?? Versions.Lines[place].Version;
}
