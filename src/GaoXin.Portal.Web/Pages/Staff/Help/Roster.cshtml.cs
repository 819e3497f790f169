using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Catalogue;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Help;

/// <summary>帮办岗: who is on duty with how many cases; takes somebody off duty.</summary>
public sealed class RosterModel : PortalPage
{
    /// <summary>The helpers.</summary>
    public IReadOnlyList<RosterLine> Roster { get; private set; } = [];

    /// <summary>Titles of bundles by code.</summary>
    public IReadOnlyDictionary<string, string> Bundles { get; private set; } = new Dictionary<string, string>();

    /// <summary>What was done just now.</summary>
    [TempData]
    public string? Done { get; set; }

    /// <summary>Shows the roster.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>让某人下岗.</summary>
    public Task<IActionResult> OnPostAsync([FromForm] Guid staff) => Try(async () =>
    {
        var left = await Send(new TakeOffDuty(staff));
        Done = left == 0 ? "已下岗，手上的都转给了同事。" : $"已下岗，还有 {left} 件没转出去：别的人不在岗，或者一次转不完。有人上岗后再点一次。";
        return RedirectToPage();
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Roster = await Send(new GetHelperRoster());
        Bundles = (await Send(new GetBundles())).ToDictionary(b => b.Code, b => b.Title);
    }
}
