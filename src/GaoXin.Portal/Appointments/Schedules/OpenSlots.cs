using System.Security.Cryptography;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Schedules;

/// <summary>
/// Makes slots and seats of the coming days as the plan says, and withdraws those it no longer says; appointments on these are
/// moved by the hall. Repeatable: without a change it does nothing. The answer is the number of slots made or withdrawn.
/// </summary>
[ForSystem]
public sealed record OpenSlots : ICommand<int>;

internal sealed class OpenSlotsHandler(PortalDbContext db, BookingPlans plans, MovedByHall moved, IMediator mediator, TimeProvider clock) : IRequestHandler<OpenSlots, int>
{
    private const string Reason = "开放时间有调整";

    public async Task<int> Handle(OpenSlots request, CancellationToken ct)
    {
        await db.LockPlan(ct);
        var (plan, calendar, now) = (await plans.Current(db, ct), await mediator.Send(new GetWorkingCalendar(), ct), clock.GetUtcNow());
        var schedules = await db.ZoneSchedules(plan, ct);
        var closures = await db.ComingClosures(now, ct);
        var changed = 0;
        foreach (var group in plan.Groups)
            changed += await new GroupSlots(db, plan, group, schedules.Of(group.Zone), calendar, closures, now).Bring(moved, Reason, ct);
        return changed;
    }
}

internal static class PlanLock
{
    private const long Lock = 0x510745;

    /// <summary>One run over the plan at a time: changes of hours, closures and the making of slots.</summary>
    public static Task LockPlan(this PortalDbContext db, CancellationToken ct) => db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct);
}

/// <summary>What the plan wants of a group, beside what is there.</summary>
/// <param name="Wanted">Each with the slot that is there for it.</param>
/// <param name="Gone">Slots that the plan no longer has.</param>
internal sealed record SlotComparison(IReadOnlyList<(PlannedSlot Planned, Slot? There)> Wanted, IReadOnlyList<Slot> Gone);

/// <summary>Brings the slots of one group in line with the plan.</summary>
internal sealed class GroupSlots(PortalDbContext db, BookingPlan plan, BookingGroup group, ZoneSchedule hours, WorkingCalendar calendar, IReadOnlyList<Closure> closures, DateTimeOffset now)
{
    private readonly Dictionary<DateOnly, Release> _releases = [];

    /// <summary>Compares; changes nothing.</summary>
    public async Task<SlotComparison> Compare(CancellationToken ct)
    {
        var (from, to) = Days();
        var there = await db.Slots.Where(s => s.ServiceGroup == group.Code && s.Day >= from).ToDictionaryAsync(s => s.StartsAt, ct);
        var wanted = new List<(PlannedSlot, Slot?)>();
        for (var day = from; day <= to; day = day.AddDays(1))
            wanted.AddRange(SlotPlan.On(hours, group, day, calendar).Where(p => p.StartsAt > now && !IsClosed(p)).Select(p => (p, there.Remove(p.StartsAt, out var slot) ? slot : null)));
        return new SlotComparison(wanted, [.. there.Values.Where(s => s.WithdrawnAt is null && s.StartsAt > now && s.Day <= to).OrderBy(s => s.StartsAt)]);
    }

    public async Task<int> Bring(MovedByHall moved, string reason, CancellationToken ct)
    {
        var (from, to) = Days();
        foreach (var release in await db.Releases.Where(r => r.ServiceGroup == group.Code && r.ToDay >= from).ToListAsync(ct))
            _releases[release.FromDay] = release;
        var slots = db.Slots.Where(s => s.ServiceGroup == group.Code && s.Day >= from);
        var lanes = await db.Seats.Where(s => slots.Any(x => x.Id == s.SlotId)).GroupBy(s => s.SlotId).Select(g => new { g.Key, Most = g.Max(s => s.Lane) }).ToDictionaryAsync(g => g.Key, g => g.Most, ct);
        var comparison = await Compare(ct);
        var changed = comparison.Gone.Count;
        foreach (var (planned, slot) in comparison.Wanted)
            changed += slot is null ? Open(planned) : Widen(slot, planned, lanes.GetValueOrDefault(slot.Id));
        for (var day = from; day <= to; day = day.AddDays(1))
            await KeepQuota(day, ct);
        if (comparison.Gone.Count > 0)
        {
            // The new times take part when the old ones are moved.
            await db.SaveChangesAsync(ct);
            await moved.Withdraw([.. comparison.Gone.Select(s => s.Id)], reason, ct);
        }

        return changed;
    }

    private (DateOnly From, DateOnly To) Days()
    {
        var (today, rules) = (now.Day(), plan.RulesOn(now.Day()));
        // A day more than comes out now, so that the next release is there when its time comes; a draw needs the whole week.
        var last = today.AddDays(rules.DaysAhead + 1);
        return (today, group.Mode == ReleaseMode.Draw ? SlotPlan.Monday(last).AddDays(6) : last);
    }

    private bool IsClosed(PlannedSlot slot) => closures.Any(c => c.Zone == group.Zone && c.From < slot.EndsAt && slot.StartsAt < c.To);

    private int Open(PlannedSlot planned)
    {
        var day = planned.StartsAt.Day();
        var release = ReleaseOf(day);
        var slot = new Slot
        {
            ReleaseId = release.Id,
            ServiceGroup = group.Code,
            Zone = group.Zone,
            Day = day,
            StartsAt = planned.StartsAt,
            EndsAt = planned.EndsAt,
            Session = planned.Session,
        };
        db.Add(slot);
        AddSeats(slot, release, planned.Seats, after: 0);
        return 1;
    }

    /// <summary>Seats are added when the plan has more; fewer are given out only from the next version's days on, nobody loses one.</summary>
    private int Widen(Slot slot, PlannedSlot planned, int lanes)
    {
        var again = slot.WithdrawnAt is not null;
        slot.WithdrawnAt = null;
        if (planned.Seats > lanes)
            AddSeats(slot, ReleaseOf(slot.Day), planned.Seats, after: lanes);
        return again || planned.Seats > lanes ? 1 : 0;
    }

    private void AddSeats(Slot slot, Release release, int count, int after)
    {
        var decided = release is { Mode: ReleaseMode.Draw, DecidedAt: not null };
        var planned = new PlannedRelease(release.FromDay, release.ToDay, decided ? ReleaseMode.Open : release.Mode, release.OpensAt, release.ClosesAt);
        db.AddRange(SlotPlan.Seats(plan.RulesOn(slot.Day), planned, count, () => TimeSpan.FromSeconds(RandomNumberGenerator.GetInt32(24 * 60 * 60)))
            .Where(s => s.Lane > after).Select(s => new Seat { SlotId = slot.Id, Lane = s.Lane, Pool = s.Pool, ReleaseAt = s.ReleaseAt }));
    }

    private Release ReleaseOf(DateOnly day)
    {
        var planned = SlotPlan.Release(plan.RulesOn(day), group.Mode, day);
        if (_releases.Values.FirstOrDefault(r => r.FromDay <= day && day <= r.ToDay) is { } there)
            return there;
        var release = new Release
        {
            ServiceGroup = group.Code,
            FromDay = planned.FromDay,
            ToDay = planned.ToDay,
            Mode = planned.Mode,
            OpensAt = planned.OpensAt,
            ClosesAt = planned.ClosesAt,
        };
        db.Add(release);
        return _releases[release.FromDay] = release;
    }

    private async Task KeepQuota(DateOnly day, CancellationToken ct)
    {
        if (plan.QuotaOf(group.Code, SlotPlan.Monday(day)) is not { } quota)
            return;
        var week = SlotPlan.Monday(day);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO appointments.weekly_quotas AS q (service_group, week, quota, used) VALUES ({group.Code}, {week}, {quota}, 0)
            ON CONFLICT (service_group, week) DO UPDATE SET quota = GREATEST(excluded.quota, q.used) WHERE q.quota <> GREATEST(excluded.quota, q.used)
            """, ct);
    }
}

/// <summary>Slots are there before the first visitor.</summary>
internal sealed class OpenSlotsStep(IMediator mediator) : IBootstrapStep
{
    public int Order => 15;

    public Task Run(CancellationToken ct) => mediator.Send(new OpenSlots(), ct);
}
