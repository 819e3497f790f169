using GaoXin.Portal.Cases;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>What a shareholder or officer reads before signing on his own account.</summary>
public sealed class SignatureModel : PortalPage
{
    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>What is signed.</summary>
    public SignaturePage Shown { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>Signs what was shown.</summary>
    public Task<IActionResult> OnPostAsync([FromForm] string? contentHash) => Try(async () =>
    {
        await Send(new SignCase(Id, contentHash ?? ""));
        return Redirect(CaseLinks.Signature(Id));
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        var page = await Send(new GetSignaturePage(Id));
        Shown = page with { Sections = await new AnswerWords(Mediator).Of(page.Sections, Aborted) };
    }
}
