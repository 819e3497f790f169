using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OutputCaching;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>公平账: who got the places, how, and what became of those given back.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PublicPageCache.Policy)]
public sealed class FairnessModel : PortalPage
{
    /// <summary>The account.</summary>
    public Fairness Fairness { get; private set; } = null!;

    /// <summary>The latest draws.</summary>
    public IReadOnlyList<DrawSummary> Draws { get; private set; } = [];

    /// <summary>Shows it.</summary>
    public async Task OnGetAsync() => (Fairness, Draws) = (await Send(new GetFairness()), await Send(new GetDraws()));

    /// <summary>A mode in words.</summary>
    public static string Words(ReleaseMode mode) => mode switch
    {
        ReleaseMode.Draw => "摇号",
        ReleaseMode.WaitingRoom => "候场",
        _ => "先到先得",
    };

    /// <summary>A channel in words.</summary>
    public static string Words(BookingChannel channel) => channel switch
    {
        BookingChannel.Web => "网上",
        BookingChannel.App => "手机端",
        BookingChannel.Desk => "电话、自助机和窗口",
        BookingChannel.WaitingList => "候补",
        _ => "摇号",
    };
}
