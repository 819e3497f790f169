using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Enterprise;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Enterprise;

/// <summary>One enterprise: its visits and problems; its 首席服务官 adds to them.</summary>
public sealed class FirmModel(TimeProvider clock) : PortalPage
{
    private string _tried = "";

    /// <summary>The enterprise.</summary>
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>A visit.</summary>
    [BindProperty]
    public RecordVisit Visit { get; set; } = new();

    /// <summary>A problem.</summary>
    [BindProperty]
    public RaiseProblem Problem { get; set; } = new();

    /// <summary>Which problem was converted.</summary>
    [BindProperty]
    public Guid? ProblemId { get; set; }

    /// <summary>How a problem was converted.</summary>
    [BindProperty]
    public ConversionWay? Way { get; set; }

    /// <summary>What was done.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>What was just done; shown once.</summary>
    [TempData(Key = "firm-done")]
    public string? Done { get; set; }

    /// <summary>The enterprise.</summary>
    public FirmView View { get; private set; } = null!;

    /// <summary>The eight categories.</summary>
    public IReadOnlyList<SelectListItem> Categories { get; private set; } = [];

    /// <summary>Visits a problem can come from.</summary>
    public IReadOnlyList<SelectListItem> VisitItems => [.. View.Visits.Select(v => new SelectListItem($"{v.On:yyyy-MM-dd} {v.Manner.Chinese()}", v.Id.ToString()))];

    /// <summary>Problems that can be converted.</summary>
    public IReadOnlyList<SelectListItem> ProblemItems =>
        [.. View.Problems.Where(p => p.Stage != ProblemStage.Dropped).Select(p => new SelectListItem($"{p.Category} {ComplaintNumber.Display(p.Number)}", p.Id.ToString()))];

    /// <summary>Ways of a visit.</summary>
    public static IReadOnlyList<SelectListItem> MannerItems { get; } = [.. Enum.GetValues<VisitManner>().Select(m => new SelectListItem(m.Chinese(), m.ToString()))];

    /// <summary>Ways of a conversion.</summary>
    public static IReadOnlyList<SelectListItem> WayItems { get; } = [.. Enum.GetValues<ConversionWay>().Select(w => new SelectListItem(w.Chinese(), w.ToString()))];

    /// <summary>Today.</summary>
    public DateOnly Today { get; } = clock.Today();

    /// <summary>May give it back.</summary>
    public bool MayRelease => View.Firm.Officer is not null && (View.IsMine || User.IsInRole(Roles.ComplaintSupervisor));

    /// <summary>The form of this action was refused just now: it stays open.</summary>
    public bool Failed(string action) => _tried == action && !ModelState.IsValid;

    /// <summary>Shows the enterprise.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>记走访.</summary>
    public Task<IActionResult> OnPostVisitAsync() => Act("Visit", async () =>
    {
        await Send(Visit with { FirmId = Id });
        return "已记走访。有问题的，接着记问题。";
    });

    /// <summary>记问题.</summary>
    public Task<IActionResult> OnPostProblemAsync() => Act("Problem", async () =>
        $"已转成诉求 {ComplaintNumber.Display(await Send(Problem with { FirmId = Id }))}，按类别派给负责的单位。联系人用编号和手机号后四位就能查。");

    /// <summary>写转化.</summary>
    public Task<IActionResult> OnPostConvertAsync() => Act("Convert", async () =>
    {
        await Send(new ConvertProblem(ProblemId ?? throw new RefusedException(new Refusal("enterprise.which-problem", "请选是哪个问题。", nameof(ProblemId))), Way, Note));
        return "已记转化。";
    });

    /// <summary>交出.</summary>
    public Task<IActionResult> OnPostReleaseAsync()
    {
        ModelState.Clear();
        return Try(async () =>
        {
            await Send(new ReleaseFirm(Id));
            return RedirectToPage("Index");
        });
    }

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        View = await Send(new GetFirm(Id));
        Categories = [.. (await Send(new GetComplaintTopics(ComplaintTopic.Enterprise))).Select(t => new SelectListItem(t.Title, t.Code))];
    }

    /// <inheritdoc />
    protected override string FieldName(string? property) => (_tried, property) switch
    {
        (_, null) => "",
        ("Visit", var name) => $"{nameof(Visit)}.{name}",
        ("Problem", var name) => $"{nameof(Problem)}.{name}",
        (_, var name) => name,
    };

    private Task<IActionResult> Act(string tried, Func<Task<string>> act)
    {
        _tried = tried;
        return Try(async () =>
        {
            Done = await act();
            return RedirectToPage(new { id = Id });
        });
    }
}
