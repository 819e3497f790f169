using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Documents;

/// <summary>A material the portal made from the answers, as an officer reads it: personal data masked.</summary>
public sealed class DetailsModel : PortalPage
{
    /// <summary>The case.</summary>
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>The document, for example <c>articles</c>.</summary>
    [FromRoute]
    public string Code { get; set; } = "";

    /// <summary>What is shown.</summary>
    public CaseDocument Shown { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <inheritdoc />
    protected override async Task LoadAsync() => Shown = await Send(new GetCaseDocumentForReview(Id, Code));
}
