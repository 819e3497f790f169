using GaoXin.Portal.Cases.Staff;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Promises;

/// <summary>记核查结果: what became of a commitment.</summary>
public sealed class CheckModel : PortalPage
{
    /// <summary>What was just done, for the list.</summary>
    public const string DoneKey = "check-done";

    /// <summary>The promise.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>兑现了.</summary>
    [BindProperty]
    public bool? Kept { get; set; }

    /// <summary>What was found.</summary>
    [BindProperty]
    public string? Finding { get; set; }

    /// <summary>What was just done; shown once.</summary>
    [TempData(Key = DoneKey)]
    public string? Done { get; set; }

    /// <summary>What is checked.</summary>
    public PromiseLine Line { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>记下.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(new RecordCheck { PromiseId = Id, Kept = Kept, Finding = Finding });
        Done = Kept == true ? "已记下：承诺兑现了。" : "已记下：承诺没有兑现，已告诉申请人。";
        return Redirect("/staff/promises?kind=Commitment");
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => Line = await Send(new GetCommitment(Id));
}
