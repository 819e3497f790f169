using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Hall.Forecasts;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Hall;

/// <summary>大厅现在: who waits where and how long it takes, at most a second old.</summary>
[ForAnyone]
public sealed record GetHallNow : IQuery<HallNow>;

/// <summary>The screen of a zone, or of the whole hall when <paramref name="Zone"/> is null. Not found when there is no such zone.</summary>
[ForAnyone]
public sealed record GetDisplay(string? Zone) : IQuery<HallDisplay>;

/// <summary>The hall at a moment.</summary>
public sealed record HallNow(DateTimeOffset At, IReadOnlyList<ZoneNow> Zones);

/// <summary>A zone at a moment.</summary>
public sealed record ZoneNow(string Code, int Number, string Title, int OpenWindows, int Windows, IReadOnlyList<GroupNow> Groups)
{
    /// <summary>When it opens; null while it is open.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>People in line.</summary>
    public int Waiting => Groups.Sum(g => g.Waiting);

    /// <summary>The longest range of its groups; null while no window is open.</summary>
    public WaitRange? Wait => Groups.Select(g => g.Wait).OfType<WaitRange>().MaxBy(w => w.Middle);
}

/// <summary>A group at a moment; the wait is that of somebody who takes a ticket now.</summary>
public sealed record GroupNow(string Code, string Title, int Waiting, WaitRange? Wait);

/// <summary>What a screen shows: number and window, no names.</summary>
/// <param name="Title">The zone's title, or the hall's.</param>
/// <param name="Zone">The zone's code and number; null for the hall.</param>
/// <param name="Calls">The last calls, the newest first, each ticket once.</param>
/// <param name="Groups">The lines below.</param>
/// <param name="Alarms">Windows that ask for help.</param>
/// <param name="At">The moment.</param>
/// <param name="LastCall">The id of the newest call, 0 when there is none.</param>
public sealed record HallDisplay(
    string Title, ZoneSign? Zone, IReadOnlyList<DisplayCall> Calls, IReadOnlyList<GroupNow> Groups, IReadOnlyList<int> Alarms, DateTimeOffset At, long LastCall);

/// <summary>A zone as signs name it.</summary>
public sealed record ZoneSign(string Code, int Number);

/// <summary>A call on a screen.</summary>
public sealed record DisplayCall(long Id, string Number, string Group, int Window, DateTimeOffset At);

internal sealed class GetHallNowHandler(HallState hall) : IRequestHandler<GetHallNow, HallNow>
{
    public async Task<HallNow> Handle(GetHallNow request, CancellationToken ct)
    {
        var moment = await hall.Now(ct);
        return new HallNow(moment.At, [.. moment.Plan.Zones.Select(z => z.Now(moment))]);
    }
}

internal sealed class GetDisplayHandler(HallState hall) : IRequestHandler<GetDisplay, HallDisplay>
{
    private const int CallsShown = 7;
    private const int GroupsShown = 4;

    public async Task<HallDisplay> Handle(GetDisplay request, CancellationToken ct)
    {
        var moment = await hall.Now(ct);
        var zone = request.Zone is null ? null : moment.Plan.Zones.FirstOrDefault(z => z.Code == request.Zone) ?? throw new NotFoundException("zone");
        var titles = moment.Plan.Groups.ToDictionary(g => g.Group.Code, g => g.Group.Title);
        var calls = moment.Calls.Where(c => zone is null || c.Zone == zone.Code).ToList();
        var groups = (zone is null ? moment.Plan.Zones : [zone]).SelectMany(z => z.Now(moment).Groups);
        return new HallDisplay(
            zone?.Title ?? "政务服务大厅",
            zone is null ? null : new ZoneSign(zone.Code, zone.Number),
            [.. calls.DistinctBy(c => c.Number).Take(CallsShown).Select(c => new DisplayCall(c.Id, c.Number, titles.GetValueOrDefault(c.Group, c.Group), c.Window, c.At))],
            [.. groups.OrderByDescending(g => g.Waiting).Take(GroupsShown)],
            [.. moment.Windows.Where(w => w.RingsAt(moment.At) && (zone is null || w.Zone == zone.Code)).Select(w => w.Number)],
            moment.At,
            calls.FirstOrDefault()?.Id ?? 0);
    }
}

internal static class ZoneMoments
{
    public static ZoneNow Now(this Zone zone, HallMoment moment) => new(
        zone.Code, zone.Number, zone.Title, moment.Windows.Count(w => w.Zone == zone.Code && w.IsAtWork), zone.Windows.Count,
        [.. zone.Groups.Select(g => new GroupNow(g.Code, g.Title, moment.WaitingIn(g.Code), moment.ForWalkIn(g.Code)))])
    {
        OpensAt = moment.Openings.GetValueOrDefault(zone.Code)?.OpensAt,
    };
}
