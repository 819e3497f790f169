using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>我的办件: drafts, submitted cases, and what waits for my signature.</summary>
public sealed class IndexModel : PortalPage
{
    /// <summary>The last case of the page before.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    /// <summary>One page of cases, newest first.</summary>
    public Page<MyCase> Cases { get; private set; } = new([], null);

    /// <summary>What waits for my signature.</summary>
    public IReadOnlyList<SignatureRequest> Signatures { get; private set; } = [];

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync()
    {
        Cases = await Send(new GetMyCases(After));
        if (After is null)
            Signatures = await Send(new GetMySignatures());
    }

    /// <summary>The tag of a state.</summary>
    public static string Kind(MyCase item) => (item.State, item.Outcome) switch
    {
        (CaseState.Draft, _) or (CaseState.CorrectionRequested, _) => "wait",
        (CaseState.Withdrawn, _) => "grey",
        (CaseState.Closed or CaseState.Issued or CaseState.Decided, CaseOutcome.Approved) => "done",
        (CaseState.Closed or CaseState.Decided, _) => "bad",
        _ => "doing",
    };
}
