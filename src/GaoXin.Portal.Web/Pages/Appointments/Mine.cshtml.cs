using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Waiting;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>我的预约: appointments, waiting list, and why online booking pauses.</summary>
public sealed class MineModel(TimeProvider clock) : PortalPage
{
    /// <summary>The last appointment of the page before.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    /// <summary>What is shown.</summary>
    public MyAppointments Mine { get; private set; } = null!;

    /// <summary>Draws one takes part in.</summary>
    public IReadOnlyList<MyDraw> Draws { get; private set; } = [];

    /// <summary>Now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Today.</summary>
    public DateOnly Today => clock.Today();

    /// <summary>Shows the list.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>Leaves a waiting list.</summary>
    public Task<IActionResult> OnPostLeaveAsync(Guid id) => Try(async () =>
    {
        await Send(new LeaveWaitingList(id));
        return Redirect(BookingLinks.Mine);
    });

    /// <summary>Takes an application for a draw back.</summary>
    public Task<IActionResult> OnPostWithdrawAsync(Guid id) => Try(async () =>
    {
        await Send(new WithdrawFromDraw(id));
        return Redirect(BookingLinks.Mine);
    });

    /// <summary>Appeals against a pause.</summary>
    public Task<IActionResult> OnPostAppealAsync(Guid id, string? reason) => Try(async () =>
    {
        await Send(new AppealCooldown(id, reason ?? ""));
        return Redirect(BookingLinks.Mine);
    });

    /// <summary>The tag of a state.</summary>
    public static string Kind(AppointmentState state) => state switch
    {
        AppointmentState.Held => "wait",
        AppointmentState.Confirmed or AppointmentState.CheckedIn => "doing",
        AppointmentState.Done => "done",
        AppointmentState.NoShow => "bad",
        _ => "grey",
    };

    /// <summary>The reason of a pause in words.</summary>
    public static string Why(MyCooldown pause) => pause.Reason switch
    {
        CooldownReason.NoShow => $"{AppointmentTime.Short(pause.AppointmentAt)} 的“{pause.Title}”约了没来",
        CooldownReason.CancelledAgain => $"90 天里第二次取消（“{pause.Title}”）",
        _ => $"“{pause.Title}”临近才取消",
    };

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Mine = await Send(new GetMyAppointments(After));
        if (After is null)
            Draws = await Send(new GetMyDraws());
    }
}
