using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>A draft: what is wrong, what differs, whose turn it is. Who wrote it never reviews or publishes it.</summary>
public sealed class DraftModel(TimeProvider clock) : PortalPage
{
    private const string TakenBack = "写的人撤回来修改";

    /// <summary>The draft.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>What to mend, of a return.</summary>
    [BindProperty]
    public string? Remark { get; set; }

    /// <summary>生效日期, of a publication.</summary>
    [BindProperty]
    public DateOnly? EffectiveFrom { get; set; }

    /// <summary>The draft as stored.</summary>
    public DraftView Draft { get; private set; } = null!;

    /// <summary>What was just done; shown once.</summary>
    [TempData(Key = "catalogue-done")]
    public string? Done { get; set; }

    /// <summary>The auditor only reads.</summary>
    public bool MayEdit => User.IsInRole(Roles.CatalogueEditor);

    /// <summary>It may be written on.</summary>
    public bool IsOpen => MayEdit && Draft.Status == DraftStatus.Draft && Draft.ImportId is null;

    /// <summary>It waits for the second person.</summary>
    public bool Waits => MayEdit && Draft is { Status: DraftStatus.Submitted or DraftStatus.Reviewed, ImportId: null };

    /// <summary>Shows the draft.</summary>
    public async Task OnGetAsync()
    {
        await LoadAsync();
        EffectiveFrom = clock.Today();
    }

    /// <summary>提交审核.</summary>
    public Task<IActionResult> OnPostSubmitAsync() => Act(new SubmitItemDraft(Id), "已提交。请另一位事项编辑审核。");

    /// <summary>审核通过.</summary>
    public Task<IActionResult> OnPostApproveAsync() => Act(new ApproveItemDraft(Id), "审核通过。选好生效日期就能发布。");

    /// <summary>退回修改.</summary>
    public Task<IActionResult> OnPostReturnAsync() => Act(new ReturnItemDraft(Id, Remark ?? ""), "已退回修改。");

    /// <summary>撤回来改, by who wrote it.</summary>
    public Task<IActionResult> OnPostTakeBackAsync() => Act(new ReturnItemDraft(Id, TakenBack), "撤回来了，可以接着改。");

    /// <summary>发布.</summary>
    public Task<IActionResult> OnPostPublishAsync() => Try(async () =>
    {
        var version = await Send(new PublishItemDraft { DraftId = Id, EffectiveFrom = EffectiveFrom });
        Done = EffectiveFrom > clock.Today() ? $"第 {version} 版已发布，{EffectiveFrom:yyyy-MM-dd} 生效。" : $"第 {version} 版已发布，1 分钟内所有页面都会更新。";
        await LoadAsync();
        return Redirect(CatalogueLinks.Item(Draft.Code));
    });

    /// <summary>放弃草稿.</summary>
    public Task<IActionResult> OnPostDiscardAsync() => Act(new DiscardItemDraft(Id), "草稿已放弃。");

    /// <inheritdoc />
    protected override async Task LoadAsync() => Draft = await Send(new GetItemDraft(Id));

    /// <summary>Faults of elements have no control on this page.</summary>
    protected override string FieldName(string? property) => property is nameof(Remark) or nameof(EffectiveFrom) ? property : "";

    private Task<IActionResult> Act(IRequest<Unit> command, string done) => Try(async () =>
    {
        await Send(command);
        Done = done;
        return Redirect(CatalogueLinks.Draft(Id));
    });
}
