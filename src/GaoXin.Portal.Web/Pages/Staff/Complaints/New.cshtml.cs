using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Complaints;

/// <summary>代录诉求: a clerk writes down what somebody says; a caller's earlier complaints are found by the number, which is sent by POST only.</summary>
public sealed class NewModel : PortalPage
{
    /// <summary>The complaint.</summary>
    [BindProperty]
    public RecordComplaint Command { get; set; } = new();

    /// <summary>来电号码.</summary>
    [BindProperty]
    public string? CallerPhone { get; set; }

    /// <summary>The number, and the code of who left no telephone, on this answer only.</summary>
    public FiledComplaint? Filed { get; private set; }

    /// <summary>The caller's earlier complaints.</summary>
    public IReadOnlyList<CallerComplaint>? Earlier { get; private set; }

    /// <summary>Topics to choose from.</summary>
    public IReadOnlyList<SelectListItem> Topics { get; private set; } = [];

    /// <summary>Channels that are written down by hand.</summary>
    public static IReadOnlyList<SelectListItem> ChannelItems { get; } =
        [.. RecordComplaint.ByHand.Select(c => new SelectListItem(c.Chinese(), c.ToString()))];

    /// <summary>The form.</summary>
    public async Task OnGetAsync()
    {
        if (!User.IsInRole(Roles.ComplaintClerk))
            throw new NotFoundException("page");
        await LoadAsync();
    }

    /// <summary>来电查询.</summary>
    public Task<IActionResult> OnPostCallerAsync()
    {
        ModelState.Clear();
        return Try(async () =>
        {
            Earlier = await Send(new FindCaller(CallerPhone));
            Command = Command with { Phone = CallerPhone, Channel = ComplaintChannel.Phone };
            await LoadAsync();
            return Page();
        });
    }

    /// <summary>收下.</summary>
    public Task<IActionResult> OnPostRecordAsync() => Try(async () =>
    {
        Filed = await Send(Command);
        ModelState.Clear();
        Command = new RecordComplaint();
        Response.Headers.CacheControl = "no-store";
        await LoadAsync();
        return Page();
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => Topics = [.. (await Send(new GetComplaintTopics())).Select(t => new SelectListItem($"{t.Group}：{t.Title}", t.Code))];

    /// <inheritdoc />
    protected override string FieldName(string? property) => property switch
    {
        nameof(FindCaller.Phone) when Earlier is null && !string.IsNullOrEmpty(CallerPhone) && Command.Text is null => nameof(CallerPhone),
        _ => base.FieldName(property?.Replace("Complaint.", "", StringComparison.Ordinal)),
    };
}
