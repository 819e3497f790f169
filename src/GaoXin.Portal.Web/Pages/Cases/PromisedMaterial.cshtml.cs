using GaoXin.Portal.Cases;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>容缺后补: brings what was promised for later.</summary>
public sealed class PromisedMaterialModel : MaterialPage
{
    /// <summary>The material.</summary>
    public PromisedMaterial Material { get; private set; } = null!;

    /// <inheritdoc />
    protected override string Address => CaseLinks.Later(Id, Code);

    /// <summary>交齐了.</summary>
    public Task<IActionResult> OnPostHandInAsync() => Try(async () =>
    {
        await Send(new HandInMaterial(Id, Code));
        return Redirect(CaseLinks.Track(Id));
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => Material = await Send(new GetPromisedMaterial(Id, Code));
}
