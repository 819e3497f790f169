using GaoXin.Portal.Evaluation.Staff;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Evaluations;

/// <summary>窗口评价码: the QR codes of the windows to print.</summary>
public sealed class WindowsModel : PortalPage
{
    /// <summary>The zone to print.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Zone { get; set; }

    /// <summary>The codes.</summary>
    public WindowCodes Codes { get; private set; } = null!;

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync() => Codes = await Send(new GetWindowCodes(Zone));
}
