using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Complaints;

/// <summary>导入来件: a table of another platform, first as a dry run.</summary>
public sealed class ImportModel : PortalPage
{
    /// <summary>平台.</summary>
    [BindProperty]
    public ComplaintChannel? Channel { get; set; }

    /// <summary>表格.</summary>
    [BindProperty]
    public IFormFile? Table { get; set; }

    /// <summary>Only try.</summary>
    [BindProperty]
    public bool DryRun { get; set; } = true;

    /// <summary>What was done.</summary>
    public ImportedOrders? Result { get; private set; }

    /// <summary>Platforms.</summary>
    public static IReadOnlyList<SelectListItem> ChannelItems { get; } =
        [.. new[] { ComplaintChannel.Hotline12345, ComplaintChannel.PeopleNet, ComplaintChannel.StateCouncil }.Select(c => new SelectListItem(c.Chinese(), c.ToString()))];

    /// <summary>The form.</summary>
    public void OnGet()
    {
        if (!User.IsInRole(Roles.ComplaintClerk))
            throw new NotFoundException("page");
    }

    /// <summary>Tries or imports.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        using var memory = new MemoryStream();
        if (Table is not null)
            await Table.CopyToAsync(memory, Aborted);
        Result = await Send(new ImportOrders(Channel, memory.ToArray(), DryRun));
        return Page();
    });
}
