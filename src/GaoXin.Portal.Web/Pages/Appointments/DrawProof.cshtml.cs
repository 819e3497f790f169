using System.Text;
using GaoXin.Portal.Appointments.Draws;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>The proof of a held draw as a text file, for anybody who wants to hold it again.</summary>
[AllowAnonymous]
public sealed class DrawProofModel : PortalPage
{
    /// <summary>The file.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id) =>
        File(Encoding.UTF8.GetBytes(await Send(new GetDrawProof(id))), "text/plain; charset=utf-8", $"draw-{id:N}.txt");
}
