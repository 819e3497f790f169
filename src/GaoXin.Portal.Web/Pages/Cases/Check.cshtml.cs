using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Components;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>核对: everything that is about to be submitted, who signs, and what will happen.</summary>
public sealed class CheckModel : PortalPage
{
    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>What is shown.</summary>
    public CaseCheck Check { get; private set; } = null!;

    /// <summary>一件事: the names of departments by code.</summary>
    public IReadOnlyDictionary<string, string> Departments { get; private set; } = new Dictionary<string, string>();

    /// <summary>Shows the answers; a submitted case is shown as progress.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Check.State is CaseState.Draft or CaseState.CorrectionRequested ? Page() : Redirect(CaseLinks.Track(Id));
    }

    /// <summary>请大家签名.</summary>
    public Task<IActionResult> OnPostAskAsync() => Try(async () =>
    {
        await Send(new RequestSignatures(Id));
        return Redirect(CaseLinks.Check(Id));
    });

    /// <summary>签名并提交. The second press answers the same case.</summary>
    public Task<IActionResult> OnPostSubmitAsync([FromForm] string? contentHash) => Try(async () =>
    {
        await Send(new SubmitCase(Id, contentHash ?? ""));
        return Redirect(CaseLinks.Track(Id));
    });

    /// <summary>The messages stand in the summary: there is no control of that name on this page.</summary>
    protected override string FieldName(string? property) => "";

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        var check = await Send(new GetCaseCheck(Id));
        if (check.Plan is not null)
            Departments = await Mediator.DepartmentTitles(Aborted);
        Check = check with { Sections = await new AnswerWords(Mediator).Of(check.Sections, Aborted) };
    }
}
