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
    private const long Lock = 0x510745;

    public async Task<int> Handle(OpenSlots request, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct);
        var plan = await plans.Current(db, ct);
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        var now = clock.GetUtcNow();
        var closures = await db.Closures.AsNoTracking().Where(c => c.To > now && c.ReopenedAt == null).ToListAsync(ct);
        var changed = 0;
        foreach (var group in plan.Groups)
            changed += await new GroupSlots(db, plan, group, calendar, [.. closures.Where(c => c.Zone == group.Zone)], now).Bring(moved, ct);
        return changed;
    }
}

/// <summary>Brings the slots of one group in line with the plan.</summary>
internal sealed class GroupSlots(PortalDbContext db, BookingPlan plan, BookingGroup group, WorkingCalendar calendar, IReadOnlyList<Closure> closures, DateTimeOffset now)
{
    private readonly Dictionary<DateOnly, Release> _releases = [];

    public async Task<int> Bring(MovedByHall moved, CancellationToken ct)
    {
        var (from, to) = Days();
        foreach (var release in await db.Releases.Where(r => r.ServiceGroup == group.Code && r.ToDay >= from).ToListAsync(ct))
            _releases[release.FromDay] = release;
        var there = await db.Slots.Where(s => s.ServiceGroup == group.Code && s.Day >= from).ToDictionaryAsync(s => s.StartsAt, ct);
        var slots = db.Slots.Where(s => s.ServiceGroup == group.Code && s.Day >= from);
        var lanes = await db.Seats.Where(s => slots.Any(x => x.Id == s.SlotId)).GroupBy(s => s.SlotId).Select(g => new { g.Key, Most = g.Max(s => s.Lane) }).ToDictionaryAsync(g => g.Key, g => g.Most, ct);
        var changed = 0;
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            foreach (var planned in SlotPlan.On(plan, group, day, calendar).Where(p => p.StartsAt > now && !IsClosed(p)))
            {
                changed += there.Remove(planned.StartsAt, out var slot) ? Widen(slot, planned, lanes.GetValueOrDefault(slot.Id)) : Open(day, planned);
            }

            await KeepQuota(day, ct);
        }

        return changed + await Withdraw([.. there.Values.Where(s => s.WithdrawnAt is null && s.StartsAt > now && s.Day <= to)], moved, ct);
    }

    private (DateOnly From, DateOnly To) Days()
    {
        var (today, rules) = (now.Day(), plan.RulesOn(now.Day()));
        // A day more than comes out now, so that the next release is there when its time comes; a draw needs the whole week.
        var last = today.AddDays(rules.DaysAhead + 1);
        return (today, group.Mode == ReleaseMode.Draw ? SlotPlan.Monday(last).AddDays(6) : last);
    }

    private bool IsClosed(PlannedSlot slot) => closures.Any(c => c.From < slot.EndsAt && slot.StartsAt < c.To);

    private int Open(DateOnly day, PlannedSlot planned)
    {
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

    private async Task<int> Withdraw(IReadOnlyList<Slot> slots, MovedByHall moved, CancellationToken ct)
    {
        foreach (var slot in slots)
            slot.WithdrawnAt = now;
        if (slots.Count > 0)
            await moved.Move([.. slots.Select(s => s.Id)], ct);
        return slots.Count;
    }
}

/// <summary>Slots are there before the first visitor.</summary>
internal sealed class OpenSlotsStep(IMediator mediator) : IBootstrapStep
{
    public int Order => 15;

    public Task Run(CancellationToken ct) => mediator.Send(new OpenSlots(), ct);
}
