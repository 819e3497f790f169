using GaoXin.Portal.Cases;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Documents;

/// <summary>A material the portal made from the answers, to read before signing and to print.</summary>
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
    protected override async Task LoadAsync() => Shown = await Send(new GetCaseDocument(Id, Code));
}
