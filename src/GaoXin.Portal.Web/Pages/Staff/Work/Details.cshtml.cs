using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Web.Pages.Cases;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Work;

/// <summary>
/// A case (办件) on the desk of an officer: answers, materials, rule results, and what can be done now. Every action is a
/// plain form; what is refused shows the page again as it stands now and keeps what was typed.
/// </summary>
public sealed class DetailsModel(TimeProvider clock) : PortalPage
{
    private List<string> _asked = [];

    /// <summary>The case.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Paths ticked as to be mended.</summary>
    [BindProperty]
    public List<string> Ask { get; set; } = [];

    /// <summary>What to mend, by path.</summary>
    [BindProperty]
    public Dictionary<string, string?> Remarks { get; set; } = [];

    /// <summary>Materials outside the guide; empty lines do not count.</summary>
    [BindProperty]
    public List<OutsideMaterial> Outside { get; set; } = [];

    /// <summary>A step of the published version.</summary>
    [BindProperty]
    public string? Step { get; set; }

    /// <summary>A step outside it.</summary>
    [BindProperty]
    public string? OutsideStep { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    public string? StepReason { get; set; }

    /// <summary>What is decided.</summary>
    [BindProperty]
    public CaseAction Decision { get; set; }

    /// <summary>审查意见 or the reason, by decision.</summary>
    [BindProperty]
    public Dictionary<string, string?> Opinions { get; set; } = [];

    /// <summary>Referred rules ticked as looked at.</summary>
    [BindProperty]
    public List<string> Checked { get; set; } = [];

    /// <summary>The value to read whole.</summary>
    [BindProperty]
    public string? Path { get; set; }

    /// <summary>Why, by path.</summary>
    [BindProperty]
    public Dictionary<string, string?> Reasons { get; set; } = [];

    /// <summary>What was just done; shown once.</summary>
    [TempData(Key = "case-done")]
    public string? Done { get; set; }

    /// <summary>The value read whole, on this answer only.</summary>
    public string? Revealed { get; private set; }

    /// <summary>The case as it stands now.</summary>
    public CaseForReview Review { get; private set; } = null!;

    /// <summary>The issued licence.</summary>
    public LicenceSummary? Licence { get; private set; }

    /// <summary>The light.</summary>
    public CaseLight Light { get; private set; } = null!;

    /// <summary>Rules an officer has to look at.</summary>
    public IReadOnlyList<RuleResult> Referred => [.. Review.Rules.Where(r => r.Outcome != RuleOutcome.Pass)];

    /// <summary>True when the officer may ask for a correction now.</summary>
    public bool MayAsk => Review.Actions.Contains(CaseAction.RequestCorrection);

    /// <summary>The control's name of an opinion.</summary>
    public static string OpinionName(CaseAction decision) => $"{nameof(Opinions)}[{decision}]";

    /// <summary>Shows the case.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>领取.</summary>
    public Task<IActionResult> OnPostClaimAsync() => Act(new ClaimCase(Id), "已领取，这一件由您办。");

    /// <summary>放回.</summary>
    public Task<IActionResult> OnPostReleaseAsync() => Act(new ReleaseCase(Id), "已放回待办，同事可以领。");

    /// <summary>预审通过.</summary>
    public Task<IActionResult> OnPostPreCheckAsync() => Act(new PreCheckCase(Id), "预审通过，已请申请人预约面签。面签以后会回到您这里。");

    /// <summary>受理.</summary>
    public Task<IActionResult> OnPostAcceptAsync() => Act(new AcceptCase(Id), "已受理，承诺时限从今天算起。请接着审查。");

    /// <summary>等申请人补交.</summary>
    public Task<IActionResult> OnPostWaitAsync() => Act(new WaitForMaterial(Id), "期限停住了，申请人补交以后接着算。");

    /// <summary>要求补正.</summary>
    public Task<IActionResult> OnPostCorrectAsync()
    {
        _asked = [.. Ask.Distinct()];
        foreach (var path in Remarks.Where(r => !string.IsNullOrWhiteSpace(r.Value) && !_asked.Contains(r.Key)).Select(r => r.Key))
            ModelState.AddModelError(FieldName(path), "这一项写了要求但没打勾。请打勾，或清空这句话。");
        return Act(new RequestCorrection { CaseId = Id, Remarks = _asked.ToDictionary(p => p, p => Remarks.GetValueOrDefault(p) ?? ""), Outside = [.. Wanted] },
            "已请申请人补正，期限停住。补好后会回到您这里。");
    }

    /// <summary>记一步: of the published version, or outside it with a reason.</summary>
    public Task<IActionResult> OnPostStepAsync() =>
        Act(new TakeStep { CaseId = Id, Step = string.IsNullOrWhiteSpace(OutsideStep) ? Step ?? "" : OutsideStep, Reason = StepReason }, "已记下这一步。特别程序做完以前期限停住，别的环节期限照常算。");

    /// <summary>特别程序做完了.</summary>
    public Task<IActionResult> OnPostStepDoneAsync() => Act(new EndSpecialProcedure(Id), "已记下，期限接着算。");

    /// <summary>准予, 不予 or 不予受理.</summary>
    public Task<IActionResult> OnPostDecideAsync() => Act(
        new DecideCase { CaseId = Id, Decision = Decision, Opinion = Opinions.GetValueOrDefault(Decision.ToString()), CheckedRules = Checked },
        Decision switch
        {
            CaseAction.Approve => "已准予。系统正在出证，一般几秒钟。",
            CaseAction.Refuse => "已决定不予登记，申请人会收到理由。",
            _ => "已决定不予受理，申请人会收到理由。",
        });

    /// <summary>撤销决定.</summary>
    public Task<IActionResult> OnPostRevokeAsync()
    {
        Decision = CaseAction.Revoke;
        return Act(new RevokeDecision(Id, Opinions.GetValueOrDefault(nameof(CaseAction.Revoke)) ?? ""), "决定已撤销，这一件重新审查。");
    }

    /// <summary>查看完整: answers with the value on this one page; nothing of it stands in an address.</summary>
    public Task<IActionResult> OnPostRevealAsync() => Try(async () =>
    {
        Revealed = await Send(new RevealValue(Id, Path ?? "", Reasons.GetValueOrDefault(Path ?? "") ?? ""));
        await LoadAsync();
        return Page();
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        var review = await Send(new GetCaseForReview(Id));
        Review = review with { Sections = await new AnswerWords(Mediator).Of(review.Sections, Aborted) };
        Light = CaseLight.Of(Review.Line, clock.Today(), await Send(new GetWorkingCalendar()));
        Licence = Review.LicenceId is null ? null : await Send(new GetLicenceOfCase(Id));
    }

    /// <inheritdoc />
    protected override string FieldName(string? property) => property switch
    {
        null or "" or nameof(RequestCorrection.Remarks) => "",
        nameof(RequestCorrection.Outside) => OutsideStep is null ? $"Outside[{Filled.FirstOrDefault(i => Outside[i].Reason?.Trim().Length is not >= 10)}].Reason" : nameof(StepReason),
        nameof(TakeStep.Step) => nameof(OutsideStep),
        _ when property.StartsWith("Outside[", StringComparison.Ordinal) && int.TryParse(property.AsSpan(8, property.Length - 9), out var outside) => $"Outside[{Filled.ElementAt(outside)}].Title",
        nameof(DecideCase.Opinion) => OpinionName(Decision),
        nameof(RevealValue.Reason) when OutsideStep is not null => nameof(StepReason),
        nameof(RevealValue.Reason) => Decision == CaseAction.Revoke ? OpinionName(Decision) : $"{nameof(Reasons)}[{Path}]",
        _ when property.StartsWith("Remarks[", StringComparison.Ordinal) && int.TryParse(property.AsSpan(8, property.Length - 9), out var index) =>
            $"{nameof(Remarks)}[{_asked[index]}]",
        _ => $"{nameof(Remarks)}[{property}]",
    };

    private IEnumerable<int> Filled =>
        Enumerable.Range(0, Outside.Count).Where(i => !string.IsNullOrWhiteSpace(Outside[i].Title) || !string.IsNullOrWhiteSpace(Outside[i].Remark) || !string.IsNullOrWhiteSpace(Outside[i].Reason));

    /// <summary>An empty box arrives as nothing.</summary>
    private IEnumerable<OutsideMaterial> Wanted => Filled.Select(i => new OutsideMaterial(Outside[i].Title ?? "", Outside[i].Remark ?? "", Outside[i].Reason));

    private Task<IActionResult> Act(IRequest<Unit> command, string done) => Try(async () =>
    {
        await Send(command);
        Done = done;
        return RedirectToPage(new { id = Id });
    });
}
