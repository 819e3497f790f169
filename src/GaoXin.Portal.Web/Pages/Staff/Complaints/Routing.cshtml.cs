using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Complaints;

/// <summary>派单试算: every rule in order, and which one decides.</summary>
public sealed class RoutingModel : PortalPage
{
    /// <summary>类型.</summary>
    [BindProperty]
    public ComplaintKind? Kind { get; set; }

    /// <summary>来源.</summary>
    [BindProperty]
    public ComplaintChannel? Channel { get; set; }

    /// <summary>主题.</summary>
    [BindProperty]
    public string? Topic { get; set; }

    /// <summary>内容.</summary>
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>The answer.</summary>
    public RoutingTrial? Trial { get; private set; }

    /// <summary>Topics to choose from.</summary>
    public IReadOnlyList<SelectListItem> Topics { get; private set; } = [];

    /// <summary>All channels.</summary>
    public static IReadOnlyList<SelectListItem> ChannelItems { get; } = [.. Enum.GetValues<ComplaintChannel>().Select(c => new SelectListItem(c.Chinese(), c.ToString()))];

    /// <summary>The form.</summary>
    public async Task OnGetAsync()
    {
        if (!User.IsInRole(Roles.ComplaintClerk) && !User.IsInRole(Roles.ComplaintSupervisor))
            throw new NotFoundException("page");
        await LoadAsync();
    }

    /// <summary>试算.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        Trial = await Send(new TryRouting(Kind, Channel, Topic, Text));
        await LoadAsync();
        return Page();
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => Topics = [.. (await Send(new GetComplaintTopics())).Select(t => new SelectListItem($"{t.Group}：{t.Title}", t.Code))];
}
