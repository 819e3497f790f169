using GaoXin.Portal.Catalogue.Exchange;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>One import: what the dry run found, and what can be done with it now.</summary>
public sealed class ImportModel : PortalPage
{
    /// <summary>How many items of a kind are shown in full; the rest are counted.</summary>
    public const int Shown = 200;

    /// <summary>The import.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The import with its report.</summary>
    public ImportView Import { get; private set; } = null!;

    /// <summary>What taking it back would do; null while it is not published.</summary>
    public UndoneImport? Undo { get; private set; }

    /// <summary>What was just done; shown once.</summary>
    [TempData(Key = "catalogue-done")]
    public string? Done { get; set; }

    /// <summary>The auditor only reads.</summary>
    public bool MayEdit => User.IsInRole(Roles.CatalogueEditor);

    /// <summary>Shows the report.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>导入: drafts that wait for the second person.</summary>
    public Task<IActionResult> OnPostWriteAsync() => Act(async () =>
    {
        await Send(new WriteImport(Id));
        return "已写成草稿。请另一位事项编辑审核，发布以前群众看不到。";
    });

    /// <summary>审核并发布.</summary>
    public Task<IActionResult> OnPostApproveAsync() => Act(async () => $"已发布 {await Send(new ApproveImport(Id))} 项，1 分钟内所有页面都会更新。");

    /// <summary>放弃.</summary>
    public Task<IActionResult> OnPostDiscardAsync() => Act(async () =>
    {
        await Send(new DiscardImport(Id));
        return "这一批已放弃，什么都没有发布。";
    });

    /// <summary>撤销导入.</summary>
    public Task<IActionResult> OnPostUndoAsync() => Act(async () =>
    {
        var undone = await Send(new UndoImport(Id));
        return $"导入已撤销：撤回 {undone.Withdrawn} 项，{undone.Restored} 项有人在办，发布了原来的内容{(undone.Kept.Count == 0 ? "" : $"，{undone.Kept.Count} 项后来又改过，没有动")}。";
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Import = await Send(new GetImport(Id));
        Undo = MayEdit && Import.Line.Status == ImportStatus.Published ? await Send(new PlanUndo(Id)) : null;
    }

    /// <summary>There is no control on this page that a message could stand at.</summary>
    protected override string FieldName(string? property) => "";

    private Task<IActionResult> Act(Func<Task<string>> act) => Try(async () =>
    {
        Done = await act();
        return Redirect(CatalogueLinks.Import(Id));
    });
}
