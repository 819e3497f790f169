using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Hall;

/// <summary>
/// 自助机登记摇号 with the identity card, and what became of it. Only on a kiosk: a phone proves nobody's card. Elsewhere the result is told
/// for the number of an application with the end of the ID number.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Hall)]
public sealed class DrawModel(TimeProvider clock) : PortalPage
{
    /// <summary>The wish.</summary>
    [BindProperty]
    public ApplyForDrawAtDesk Command { get; set; } = new();

    /// <summary>The service.</summary>
    [BindProperty(SupportsGet = true, Name = "service")]
    public string? Service { get; set; }

    /// <summary>The card whose applications are asked for.</summary>
    [BindProperty(Name = "card")]
    public string? Card { get; set; }

    /// <summary>抽签编号.</summary>
    [BindProperty(Name = "number")]
    public string? Number { get; set; }

    /// <summary>身份证号后四位.</summary>
    [BindProperty(Name = "tail")]
    public string? Tail { get; set; }

    /// <summary>This device is a kiosk.</summary>
    public bool IsKiosk => Devices.IsKiosk(HttpContext);

    /// <summary>The services whose places are drawn.</summary>
    public IReadOnlyList<SelectListItem> Services { get; private set; } = [];

    /// <summary>What the chosen one needs.</summary>
    public BookingSubject? Subject { get; private set; }

    /// <summary>The times to choose from.</summary>
    public IReadOnlyList<SelectListItem> Times { get; private set; } = [];

    /// <summary>The applications of the card, or the one with the number, that was asked for.</summary>
    public IReadOnlyList<DrawOutcome>? Mine { get; private set; }

    /// <summary>The number of the application that was taken.</summary>
    public string? Entered { get; private set; }

    private HallDevices Devices => HttpContext.RequestServices.GetRequiredService<HallDevices>();

    private IReadOnlyDictionary<Guid, Guid> _releases = new Dictionary<Guid, Guid>();

    /// <summary>A state in words.</summary>
    public static string Words(DrawState state) => state switch
    {
        DrawState.Applied => "已登记，等开摇",
        DrawState.Won => "摇中了",
        DrawState.Lost => "没摇中，下次机会加一份",
        DrawState.Withdrawn => "已撤回",
        _ => "没有参加，已经有预约，或者网上预约暂停",
    };

    /// <summary>The form.</summary>
    public async Task OnGetAsync()
    {
        await LoadAsync();
        Command = new ApplyForDrawAtDesk { Key = Guid.NewGuid().ToString("N"), Service = Service ?? "" };
    }

    /// <summary>Takes part, and shows the form empty for the next person.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        Service = Command.Service;
        await LoadAsync();
        var release = Command.First is { } first && _releases.TryGetValue(first, out var of) ? of : Guid.Empty;
        var number = await Send(new EnterDrawAtKiosk(Command with { ReleaseId = release }, await Code()));
        ModelState.Clear();
        (Entered, Command) = (AppointmentNumber.Display(number), new ApplyForDrawAtDesk { Key = Guid.NewGuid().ToString("N"), Service = Command.Service });
        return Page();
    });

    /// <summary>Shows what became of the applications of a card; nothing of it stays on the screen of the next person.</summary>
    public Task<IActionResult> OnPostMineAsync() => Tell(async () => await Send(new GetDrawsAtKiosk(Card ?? "", await Code())));

    /// <summary>The same for the number of an application, anywhere.</summary>
    public Task<IActionResult> OnPostFindAsync() => Tell(async () =>
    {
        var found = await Send(new FindDraw { Number = Number, Tail = Tail });
        return found.Draw is { } draw ? [draw] : throw new RefusedException(found.Refusal!);
    });

    /// <inheritdoc />
    protected override string FieldName(string? property) => property switch
    {
        nameof(GetDrawsAtKiosk.IdNumber) when Card is not null => "card",
        nameof(FindDraw.Number) => "number",
        nameof(FindDraw.Tail) => "tail",
        _ => base.FieldName(property),
    };

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (!IsKiosk)
            return;
        Services = [.. (await Send(new GetBookableServices())).Where(g => g.Mode == ReleaseMode.Draw).SelectMany(g => g.Services).Select(s => new SelectListItem(s.Title, s.Code))];
        Service = Services.Any(s => s.Value == Service) ? Service : Services.Count == 1 ? Services[0].Value : null;
        if (Service is null)
            return;
        var availability = await Send(new GetAvailability(Service));
        var drawn = availability.Days.Where(d => d is { State: BookingDayState.Draw, ReleaseId: not null }).ToList();
        Subject = availability.Subject;
        _releases = drawn.SelectMany(d => d.Slots.Select(s => (s.Id, d.ReleaseId!.Value))).ToDictionary();
        Times = [.. drawn.SelectMany(d => d.Slots).Select(s => new SelectListItem(AppointmentTime.Words(s.StartsAt, s.EndsAt, clock.Today()), s.Id.ToString()))];
    }

    private Task<IActionResult> Tell(Func<Task<IReadOnlyList<DrawOutcome>>> find)
    {
        ModelState.Clear();
        return Try(async () =>
        {
            Mine = await find();
            (Card, Number, Tail, Command) = (null, null, null, new ApplyForDrawAtDesk { Key = Guid.NewGuid().ToString("N"), Service = Service ?? "" });
            ModelState.Clear();
            await LoadAsync();
            return Page();
        });
    }

    private async Task<string?> Code() => IsKiosk ? (await Send(new GetPresenceCode())).Code : null;
}
