using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Pages.Cases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Counter;

/// <summary>A filing at the counter: what is missing, where the result is fetched, the applicant's confirmation, the acceptance; or its correction.</summary>
public sealed class DetailsModel : CounterPage
{
    /// <summary>Only the electronic result is wanted.</summary>
    public const string Electronic = "electronic";

    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>Where the result is fetched.</summary>
    [BindProperty]
    public string? Hall { get; set; }

    /// <summary>What the applicant reads out.</summary>
    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The filing.</summary>
    public CounterFilingView Filing { get; private set; } = null!;

    /// <summary>Where results can be fetched.</summary>
    public IEnumerable<SelectListItem> IssuingItems => [new("不用来领，只要电子结果", Electronic), .. HallItems];

    /// <summary>The answers, masked, in words.</summary>
    public IReadOnlyList<SummarySection> Sections { get; private set; } = [];

    /// <summary>Shows the filing. A case that is helped with, not filed here, stands on the helper's desk.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        try
        {
            await LoadAsync();
            return Page();
        }
        catch (NotFoundException) when (User.IsInRole(Roles.Helper))
        {
            return Redirect(CaseLinks.Desk(Id));
        }
    }

    /// <summary>打开申请表: put on record, then the same form as the applicant's.</summary>
    public Task<IActionResult> OnPostOpenAsync() => Act(new OpenForApplicant(Id), CaseLinks.Tasks(Id));

    /// <summary>请申请人同意代改.</summary>
    public Task<IActionResult> OnPostAgreeAsync() => Act(new RequestMendingCode(Id), Here);

    /// <summary>申请人同意代改.</summary>
    public Task<IActionResult> OnPostMendAsync() => Try(async () => await Finish(await Send(new OpenCounterCorrection(Id, Code)), _ => Redirect(Here)));

    /// <summary>在哪里领.</summary>
    public Task<IActionResult> OnPostIssuingAsync()
    {
        if (string.IsNullOrEmpty(Hall))
            ModelState.AddModelError(nameof(Hall), "请选在哪里领结果，只要电子的也选一下。");
        return Act(new ChooseIssuingHall(Id, Hall == Electronic ? null : Hall), Here);
    }

    /// <summary>请申请人确认.</summary>
    public Task<IActionResult> OnPostAskAsync() => Act(new RequestSubmittingCode(Id), Here);

    /// <summary>申请人确认，提交.</summary>
    public Task<IActionResult> OnPostConfirmAsync() => Try(async () => await Finish(await Send(new ConfirmCounterFiling(Id, Code)), _ => Redirect(Here)));

    /// <summary>当场受理.</summary>
    public Task<IActionResult> OnPostAcceptAsync() => Act(new AcceptAtCounter(Id), $"{Here}/receipt");

    /// <inheritdoc />
    protected override string FieldName(string? property) => property is nameof(Hall) or nameof(Code) ? property : "";

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Filing = await Send(new GetCounterFiling(Id));
        await base.LoadAsync();
        Hall ??= !Filing.Line.IssuingChosen ? null : Filing.Line.IssuingHall ?? Electronic;
        if (Filing.Check is { } check)
            Sections = await new AnswerWords(Mediator).Of(check.Sections, Aborted);
    }

    private string Here => $"/staff/counter/{Id}";
}
