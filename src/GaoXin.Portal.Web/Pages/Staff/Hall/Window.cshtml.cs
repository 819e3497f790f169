using GaoXin.Portal.Hall.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Hall;

/// <summary>
/// 窗口叫号: every press carries the window's version, so that a second press or a second tab finds another one and changes
/// nothing. It works by keyboard and without scripts.
/// </summary>
public sealed class WindowModel : PortalPage
{
    /// <summary>The window as this page saw it.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>The window to open.</summary>
    [BindProperty]
    public int Number { get; set; }

    /// <summary>Its groups.</summary>
    [BindProperty]
    public List<string> Skills { get; set; } = [];

    /// <summary>为什么离开.</summary>
    [BindProperty]
    public string? ParkReason { get; set; }

    /// <summary>留几分钟.</summary>
    [BindProperty]
    public int Minutes { get; set; } = 15;

    /// <summary>转到.</summary>
    [BindProperty]
    public string? Group { get; set; }

    /// <summary>作废的原因.</summary>
    [BindProperty]
    public string? VoidReason { get; set; }

    /// <summary>暂停的原因.</summary>
    [BindProperty]
    public string? PauseReason { get; set; }

    /// <summary>The window, its ticket and its line.</summary>
    public WindowPanel Panel { get; private set; } = null!;

    /// <summary>Called, but nobody is in line.</summary>
    public bool NobodyWaits { get; private set; }

    /// <summary>The part that was sent and refused; it stays open.</summary>
    public string? Asked { get; private set; }

    /// <summary>The zone whose windows are unfolded.</summary>
    public string? OpenZone { get; private set; }

    /// <summary>Where a ticket can go.</summary>
    public IEnumerable<SelectListItem> Groups =>
        Panel.Plan.Groups.Where(g => g.Group.Code != Panel.Ticket?.Group).Select(g => new SelectListItem($"{g.Zone.Number} 区 {g.Group.Title}", g.Group.Code));

    /// <summary>二手房过户.</summary>
    public string GroupOf(string code) => Panel.Plan.Groups.FirstOrDefault(g => g.Group.Code == code).Group?.Title ?? code;

    /// <summary>3 区 不动产登记.</summary>
    public string ZoneOf(string code) => Panel.Plan.Zones.FirstOrDefault(z => z.Code == code) is { } zone ? $"{zone.Number} 区 {zone.Title}" : code;

    /// <summary>What a window does, when that is not all of its zone: 新房办证；抵押登记.</summary>
    public string? DoesOnly(string zone, IReadOnlyList<string> skills) =>
        Panel.Plan.Zones.FirstOrDefault(z => z.Code == zone)?.Groups is { } groups && groups.Any(g => !skills.Contains(g.Code))
            ? string.Join('；', groups.Where(g => skills.Contains(g.Code)).Select(g => g.Title))
            : null;

    /// <summary>The panel.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>The line, for the script.</summary>
    public async Task<IActionResult> OnGetLineAsync()
    {
        await LoadAsync();
        return Panel.Window is null ? NotFound() : Partial("_Line", this);
    }

    /// <summary>开窗.</summary>
    public Task<IActionResult> OnPostOpenAsync(string? zone)
    {
        OpenZone = zone;
        return Do(() => Send(new OpenWindow { Number = Number, Skills = Skills }));
    }

    /// <summary>叫下一位.</summary>
    public Task<IActionResult> OnPostNextAsync() => Try(async () =>
    {
        if (await Send(new CallNext(Version)) is not null)
            return RedirectToPage();
        NobodyWaits = true;
        await LoadAsync();
        return Page();
    });

    /// <summary>再叫一遍.</summary>
    public Task<IActionResult> OnPostRecallAsync() => Do(() => Send(new RecallTicket(Version)));

    /// <summary>开始办.</summary>
    public Task<IActionResult> OnPostStartAsync() => Do(() => Send(new StartService(Version)));

    /// <summary>办完.</summary>
    public Task<IActionResult> OnPostFinishAsync() => Do(() => Send(new FinishService(Version)));

    /// <summary>过号.</summary>
    public Task<IActionResult> OnPostMissAsync() => Do(() => Send(new MissTicket(Version)));

    /// <summary>放回队里.</summary>
    public Task<IActionResult> OnPostPutBackAsync() => Do(() => Send(new PutTicketBack(Version)));

    /// <summary>暂离.</summary>
    public Task<IActionResult> OnPostParkAsync() => Do(() => Send(new ParkTicket { Version = Version, Reason = ParkReason, Minutes = Minutes }), "Park");

    /// <summary>转业务.</summary>
    public Task<IActionResult> OnPostTransferAsync() => Do(() => Send(new TransferTicket { Version = Version, Group = Group }), "Transfer");

    /// <summary>作废.</summary>
    public Task<IActionResult> OnPostVoidAsync() => Do(() => Send(new VoidTicket { Version = Version, Reason = VoidReason }), "Void");

    /// <summary>暂停.</summary>
    public Task<IActionResult> OnPostPauseAsync() => Do(() => Send(new PauseWindow { Version = Version, Reason = PauseReason }), "Pause");

    /// <summary>恢复.</summary>
    public Task<IActionResult> OnPostResumeAsync() => Do(() => Send(new ResumeWindow(Version)));

    /// <summary>关窗.</summary>
    public Task<IActionResult> OnPostCloseAsync() => Do(() => Send(new CloseWindow(Version)));

    /// <summary>求助.</summary>
    public Task<IActionResult> OnPostAlarmAsync() => Do(() => Send(new RaiseAlarm()));

    /// <inheritdoc />
    protected override async Task LoadAsync() => Panel = await Send(new GetMyWindow());

    /// <inheritdoc />
    protected override string FieldName(string? property) => property switch
    {
        nameof(ParkTicket.Reason) => Asked switch { "Park" => nameof(ParkReason), "Void" => nameof(VoidReason), "Pause" => nameof(PauseReason), _ => "" },
        null => "",
        _ => property,
    };

    private Task<IActionResult> Do<T>(Func<Task<T>> act, string? asked = null)
    {
        Asked = asked;
        return Try(async () =>
        {
            await act();
            return RedirectToPage();
        });
    }
}
