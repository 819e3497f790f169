using GaoXin.Portal.Cases;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Components;

/// <summary>Links to the materials that are made from the answers of a case, for its applicant and signatories.</summary>
public sealed class CaseDocumentsViewComponent(IMediator mediator) : ViewComponent
{
    /// <summary>Shows them.</summary>
    public async Task<IViewComponentResult> InvokeAsync(Guid caseId) =>
        View((caseId, await mediator.Send(new GetCaseDocuments(caseId), HttpContext.RequestAborted)));
}
