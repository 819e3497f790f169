using GaoXin.Portal.Catalogue.Favourites;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Favourites;

/// <summary>我的收藏: the guides that the signed-in person keeps.</summary>
[ResponseCache(NoStore = true)]
public sealed class IndexModel : PortalPage
{
    public IReadOnlyList<MyFavourite> Kept { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostRemoveAsync(string code) => Try(async () =>
    {
        await Send(new RemoveFavourite(code));
        return RedirectToPage();
    });

    protected override async Task LoadAsync() => Kept = await Send(new GetMyFavourites());
}
