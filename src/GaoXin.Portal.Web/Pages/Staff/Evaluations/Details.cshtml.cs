using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Evaluation.Staff;
using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Evaluations;

/// <summary>A 差评 and what this member of staff may do now, nothing else. What is refused shows the page again and keeps what was typed.</summary>
public sealed class DetailsModel(TimeProvider clock) : PortalPage
{
    private string _tried = "";

    /// <summary>The rectification.</summary>
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>A reason: of an extension, an appeal, or why somebody looks.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>接通没有.</summary>
    [BindProperty]
    public bool? Reached { get; set; }

    /// <summary>What the person said.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>What was done.</summary>
    [BindProperty]
    public string? Fix { get; set; }

    /// <summary>申诉成立没有.</summary>
    [BindProperty]
    public bool? Uphold { get; set; }

    /// <summary>不计入的原因.</summary>
    [BindProperty]
    public ExclusionReason? Exclusion { get; set; }

    /// <summary>裁定.</summary>
    [BindProperty]
    public string? Ruling { get; set; }

    /// <summary>公开的话.</summary>
    [BindProperty]
    public string? PublicText { get; set; }

    /// <summary>What was just done; shown once.</summary>
    [TempData(Key = "staff-rating-done")]
    public string? Done { get; set; }

    /// <summary>Name and telephone, on this answer only.</summary>
    public RaterData? Revealed { get; private set; }

    /// <summary>The 差评 as it stands now.</summary>
    public RectificationView Rated { get; private set; } = null!;

    /// <summary>Now, in China.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow().Local();

    /// <summary>Reasons to choose from.</summary>
    public static IReadOnlyList<SelectListItem> ExclusionItems { get; } = [.. Enum.GetValues<ExclusionReason>().Select(r => new SelectListItem(r.Chinese(), r.ToString()))];

    /// <summary>The form of this action was refused just now: it stays open.</summary>
    public bool Failed(string action) => _tried == action && !ModelState.IsValid;

    /// <summary>Shows it.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>认领.</summary>
    public Task<IActionResult> OnPostClaimAsync() => Act("Claim", new ClaimRectification(Id), "已认领。");

    /// <summary>回访.</summary>
    public Task<IActionResult> OnPostCallAsync() => Act("Call", new CallRater(Id, Reached, Note), "已记下这次回访，等单位整改。");

    /// <summary>延长.</summary>
    public Task<IActionResult> OnPostExtendAsync() => Act("Extend", new ExtendFix(Id, Reason), "整改时间已延长。");

    /// <summary>整改.</summary>
    public Task<IActionResult> OnPostFixAsync() => Act("Fix", new SubmitFix(Id, Fix), "整改已提交，由另一个人审核。");

    /// <summary>审核通过.</summary>
    public Task<IActionResult> OnPostApproveAsync() => Act("Approve", new ReviewFix(Id, true), "已办结，评价人看得到结果。");

    /// <summary>退回.</summary>
    public Task<IActionResult> OnPostSendBackAsync() => Act("SendBack", new ReviewFix(Id, false), "已退回，时限照走。");

    /// <summary>申诉.</summary>
    public Task<IActionResult> OnPostAppealAsync() => Act("Appeal", new AppealRating(Id, Reason), "申诉已提交，等裁定。");

    /// <summary>裁定.</summary>
    public Task<IActionResult> OnPostRuleAsync()
    {
        if (Uphold is not { } uphold)
            ModelState.AddModelError(nameof(Uphold), "请选申诉成立还是不成立。");
        else
            return Act("Rule", new RuleAppeal { Id = Id, Uphold = uphold, Reason = uphold ? Exclusion : null, Text = Ruling }, uphold ? "已裁定不计入，评价还在。" : "申诉不成立，接着整改。");
        return ShowAgain();
    }

    /// <summary>公开.</summary>
    public Task<IActionResult> OnPostPublishAsync() => Act("Publish", new PublishComment(Id, PublicText), "已公开。");

    /// <summary>看电话: on this one answer; nothing of it stands in an address.</summary>
    public Task<IActionResult> OnPostRevealAsync()
    {
        _tried = "Reveal";
        return Try(async () =>
        {
            Response.Headers.CacheControl = "no-store";
            Revealed = await Send(new RevealRater(Id, Reason));
            await LoadAsync();
            return Page();
        });
    }

    /// <inheritdoc />
    protected override async Task LoadAsync() => Rated = await Send(new GetRectification(Id));

    /// <inheritdoc />
    protected override string FieldName(string? property) => (_tried, property) switch
    {
        (_, null) => "",
        ("Fix", nameof(SubmitFix.Text)) => nameof(Fix),
        ("Rule", nameof(RuleAppeal.Text)) => nameof(Ruling),
        ("Rule", nameof(RuleAppeal.Reason)) => nameof(Exclusion),
        ("Publish", nameof(PublishComment.Text)) => nameof(PublicText),
        (_, var name) => name,
    };

    private Task<IActionResult> Act(string tried, IRequest<Unit> command, string done)
    {
        _tried = tried;
        return Try(async () =>
        {
            await Send(command);
            Done = done;
            return RedirectToPage(new { id = Id });
        });
    }
}
