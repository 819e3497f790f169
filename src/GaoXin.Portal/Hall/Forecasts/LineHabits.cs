using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Hall.Forecasts;

/// <summary>
/// How the hall behaves, learnt from its own records of two weeks: how long each group takes, how often windows pause, who
/// comes. Where little is known, the plan's minutes count.
/// </summary>
internal sealed record LineHabits(DateTimeOffset At, IReadOnlyDictionary<string, ServiceTime> Times, IReadOnlyList<Arrivals> Coming, double PauseChance, double PauseMinutes)
{
    /// <summary>The plan counts as so many people served.</summary>
    private const int PlanWeighs = 20;
    private const double DefaultPause = 10;
    private static readonly TimeSpan Back = TimeSpan.FromDays(14);
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    public static async Task<LineHabits> Read(PortalDbContext db, HallPlan plan, DateTimeOffset now, CancellationToken ct)
    {
        var (since, recently, today) = (now - Back, now - Recent, now.Day());
        var served = await db.Database.SqlQuery<ServedRow>($"""
            SELECT group_code, count(*)::int AS people, avg(minutes) AS mean, coalesce(stddev_samp(minutes), 0)::double precision AS spread
            FROM (SELECT group_code, (extract(epoch FROM ended_at - coalesce(first_called_at, served_at)) / 60)::double precision AS minutes
                  FROM hall.tickets WHERE state = 'Done' AND served_at >= {since} AND ended_at > served_at) t
            GROUP BY group_code
            """).ToDictionaryAsync(r => r.GroupCode, ct);
        var pauses = await db.Database.SqlQuery<PauseRow>($"""
            SELECT count(*) FILTER (WHERE action = 'Pause')::int AS pauses, count(*) FILTER (WHERE action = 'Finish')::int AS finished,
                   coalesce(avg(extract(epoch FROM next_at - at) / 60) FILTER (WHERE action = 'Pause'), {DefaultPause})::double precision AS minutes
            FROM (SELECT action, at, lead(at) OVER (PARTITION BY window_number, day ORDER BY version) AS next_at
                  FROM hall.events WHERE ticket_id IS NULL AND day >= {since.Day()}) e
            """).SingleAsync(ct);
        var coming = await db.Tickets.AsNoTracking().Where(t => t.Day == today && t.CheckedInAt >= recently)
            .GroupBy(t => new { t.Group, t.Class }).Select(g => new { g.Key.Group, g.Key.Class, People = g.Count() }).ToListAsync(ct);
        return new LineHabits(
            now,
            plan.Groups.ToDictionary(g => g.Group.Code, g => Blend(g.Group, served.GetValueOrDefault(g.Group.Code))),
            [.. coming.Select(c => new Arrivals(c.Group, c.People / Recent.TotalMinutes, TicketClasses.Target(plan.Rules, c.Class)))],
            pauses.Finished < PlanWeighs ? 0 : Math.Min(1, (double)pauses.Pauses / pauses.Finished),
            pauses.Minutes);
    }

    private static ServiceTime Blend(ServiceGroup group, ServedRow? served)
    {
        if (served is null)
            return new ServiceTime(group.Minutes, group.Spread);
        var share = (double)served.People / (served.People + PlanWeighs);
        return new ServiceTime(
            Math.Max(0.5, (share * served.Mean) + ((1 - share) * group.Minutes)),
            Math.Max(0.2, (share * served.Spread) + ((1 - share) * group.Spread)));
    }

    private sealed record ServedRow(string GroupCode, int People, double Mean, double Spread);

    private sealed record PauseRow(int Pauses, int Finished, double Minutes);
}
