using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Hall.Forecasts;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Hall.Staff;

/// <summary>大厅看板: all zones, alarms, what to do, and how right the told waiting times were.</summary>
[ForStaff(Roles.HallManager)]
public sealed record GetHallBoard : IQuery<HallBoard>;

/// <summary>The hall for its manager.</summary>
public sealed record HallBoard
{
    /// <summary>The moment.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>区块 in their order.</summary>
    public required IReadOnlyList<ZoneOnBoard> Zones { get; init; }

    /// <summary>What needs a person, the worst first.</summary>
    public required IReadOnlyList<BoardTask> Tasks { get; init; }

    /// <summary>Average minutes of those who wait now.</summary>
    public double AverageWait { get; init; }

    /// <summary>今天已办.</summary>
    public int Done { get; init; }

    /// <summary>今天过号.</summary>
    public int Missed { get; init; }

    /// <summary>今天退号.</summary>
    public int Left { get; init; }

    /// <summary>The told waits of two weeks against what came; null while there are none.</summary>
    public ForecastAccuracy? Accuracy { get; init; }
}

/// <summary>How a zone is.</summary>
public enum ZoneLight
{
    /// <summary>正常.</summary>
    Fine,

    /// <summary>留意: over 15 minutes, or two windows stand empty while people wait.</summary>
    Watch,

    /// <summary>要处理: over 30 minutes, or an alarm.</summary>
    Act,

    /// <summary>没开.</summary>
    Closed,
}

/// <summary>A zone on the board.</summary>
public sealed record ZoneOnBoard(
    string Code, int Number, string Title, string Lead, ZoneLight Light, string Words, int Waiting, double LongestWait, double AverageWait, int OpenWindows, int Windows, WaitRange? Forecast);

/// <summary>Something for the manager to do.</summary>
/// <param name="Light">How urgent.</param>
/// <param name="Words">What is.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Alarm">The window whose alarm it is, else null.</param>
public sealed record BoardTask(ZoneLight Light, string Words, string Advice, int? Alarm = null);

/// <summary>Told at check-in against the first call, in minutes; walk-ins and booked alike.</summary>
/// <param name="People">How many were measured.</param>
/// <param name="Bias">Waited minus told: above zero people waited longer than we said.</param>
/// <param name="MeanError">Mean absolute error.</param>
/// <param name="MeanErrorOfSimple">The same for people before × average ÷ windows.</param>
/// <param name="Covered">The share of waits inside the told range; 0.8 is meant.</param>
public sealed record ForecastAccuracy(int People, double Bias, double MeanError, double MeanErrorOfSimple, double Covered);

internal sealed class GetHallBoardHandler(PortalDbContext db, HallState hall, TimeProvider clock) : IRequestHandler<GetHallBoard, HallBoard>
{
    private static readonly TimeSpan Measured = TimeSpan.FromDays(14);

    public async Task<HallBoard> Handle(GetHallBoard request, CancellationToken ct)
    {
        var moment = await hall.Now(ct);
        var today = moment.At.Day();
        var ended = await db.Tickets.AsNoTracking().Where(t => t.Day == today).GroupBy(t => t.State)
            .Select(g => new { State = g.Key, People = g.Count() }).ToDictionaryAsync(g => g.State, g => g.People, ct);
        var zones = moment.Plan.Zones.Select(z => BoardRules.Judge(z, moment)).ToList();
        var waiting = moment.Tickets.Where(t => t.IsInLineAt(moment.At)).ToList();
        return new HallBoard
        {
            At = moment.At,
            Zones = zones,
            Tasks = BoardRules.Tasks(zones, moment),
            AverageWait = waiting.Count == 0 ? 0 : waiting.Average(t => (moment.At - t.CheckedInAt).TotalMinutes),
            Done = ended.GetValueOrDefault(TicketState.Done),
            Missed = ended.GetValueOrDefault(TicketState.Missed),
            Left = ended.GetValueOrDefault(TicketState.Left),
            Accuracy = await Accuracy(ct),
        };
    }

    private async Task<ForecastAccuracy?> Accuracy(CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Measured;
        var measured = await db.Database.SqlQuery<ForecastAccuracy>($"""
            SELECT count(*)::int AS people, coalesce(avg(waited - told_middle), 0) AS bias, coalesce(avg(abs(waited - told_middle)), 0) AS mean_error,
                   coalesce(avg(abs(waited - told_simple)), 0) AS mean_error_of_simple,
                   coalesce(avg(CASE WHEN waited BETWEEN told_low AND told_high THEN 1.0 ELSE 0.0 END), 0)::double precision AS covered
            FROM (SELECT told_low, told_middle, told_high, told_simple, (extract(epoch FROM reached_at - checked_in_at) / 60)::double precision AS waited
                  FROM hall.tickets WHERE told_middle IS NOT NULL AND reached_at >= {since}) t
            """).SingleAsync(ct);
        return measured.People == 0 ? null : measured;
    }
}

/// <summary>When a zone needs somebody, and what to do. Pure.</summary>
internal static class BoardRules
{
    public const int WatchMinutes = 15;
    public const int ActMinutes = 30;
    private const int IdleWindows = 2;

    public static ZoneOnBoard Judge(Zone zone, HallMoment moment)
    {
        var waits = moment.Tickets.Where(t => t.Zone == zone.Code && t.IsInLineAt(moment.At)).Select(t => (moment.At - t.CheckedInAt).TotalMinutes).ToList();
        var (longest, open) = (waits.DefaultIfEmpty().Max(), moment.Windows.Count(w => w.Zone == zone.Code && w.IsAtWork));
        var alarms = moment.Windows.Where(w => w.Zone == zone.Code && w.RingsAt(moment.At)).Select(w => w.Number).ToList();
        var (light, words) = Light(waits.Count, longest, open, zone.Windows.Count - open, alarms);
        if (light == ZoneLight.Closed && moment.Openings.GetValueOrDefault(zone.Code)?.OpensAt is { } opens)
            words = $"{OpeningWords.Of(opens, moment.At.Day())} 开";
        return new ZoneOnBoard(zone.Code, zone.Number, zone.Title, zone.Lead, light, words, waits.Count, longest, waits.DefaultIfEmpty().Average(), open, zone.Windows.Count, zone.Now(moment).Wait);
    }

    public static (ZoneLight Light, string Words) Light(int waiting, double longest, int open, int empty, IReadOnlyList<int> alarms) => longest switch
    {
        _ when alarms.Count > 0 => (ZoneLight.Act, $"{string.Join("、", alarms)} 号窗口求助"),
        _ when waiting > 0 && open == 0 => (ZoneLight.Act, "有人等，没有窗口开"),
        > ActMinutes => (ZoneLight.Act, $"等待超 {ActMinutes} 分"),
        > WatchMinutes => (ZoneLight.Watch, $"等待超 {WatchMinutes} 分"),
        _ when empty >= IdleWindows && waiting > open => (ZoneLight.Watch, $"有 {empty} 窗空岗"),
        _ when open == 0 => (ZoneLight.Closed, "没开"),
        _ => (ZoneLight.Fine, "正常"),
    };

    public static IReadOnlyList<BoardTask> Tasks(IReadOnlyList<ZoneOnBoard> zones, HallMoment moment)
    {
        var alarms = moment.Windows.Where(w => w.RingsAt(moment.At)).Select(w => new BoardTask(
            ZoneLight.Act, $"{w.Number} 号窗口求助，已 {(int)(moment.At - w.ChangedAt).TotalMinutes} 分钟", "马上派人去看。没有危险了就解除，不解除 10 分钟后自动停", w.Number));
        var busy = zones.Where(z => z.Light is ZoneLight.Act or ZoneLight.Watch && z.Waiting > 0).OrderByDescending(z => z.Light == ZoneLight.Act).ThenByDescending(z => z.LongestWait)
            .Select(z => new BoardTask(z.Light, $"{z.Number} 区最长等了 {(int)z.LongestWait} 分钟，{z.Waiting} 人在等", Advice(z, zones)));
        return [.. alarms, .. busy];
    }

    private static string Advice(ZoneOnBoard zone, IReadOnlyList<ZoneOnBoard> zones)
    {
        if (zone.Windows > zone.OpenWindows)
            return $"建议：请{zone.Lead}再开 {Math.Min(zone.Windows - zone.OpenWindows, Math.Max(1, zone.Waiting / 6))} 个窗口，现在开 {zone.OpenWindows} 个，共 {zone.Windows} 个";
        var spare = zones.Where(z => z.Code != zone.Code && z.Waiting == 0 && z.OpenWindows > 1).OrderByDescending(z => z.OpenWindows).FirstOrDefault();
        return spare is null ? "窗口都开了。建议引导能网上办的人用手机办" : $"窗口都开了。建议从 {spare.Number} 区{spare.Title}调 1 名通岗人员，那边现在没人等";
    }
}
