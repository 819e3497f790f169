using GaoXin.Portal.Catalogue.Editing;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>版本对比: what differs between two versions, element by element, in words.</summary>
public sealed class CompareModel : PortalPage
{
    /// <summary>The item.</summary>
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>The older version.</summary>
    [BindProperty(SupportsGet = true)]
    public int From { get; set; }

    /// <summary>The newer one.</summary>
    [BindProperty(SupportsGet = true)]
    public int To { get; set; }

    /// <summary>What differs.</summary>
    public VersionDiff Diff { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public async Task OnGetAsync() => Diff = await Send(new GetVersionDiff(Code, From, To));
}
