using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Waiting;

/// <summary>
/// Offers seats that were given back to the heads of the waiting lists (候补), each kept for one person for half an hour. For
/// which nobody waits stay away from the public page; within a day of the slot they are for the hall, with the identity card.
/// </summary>
[ForSystem]
public sealed record OfferGivenBackSeats(long? SeatId = null) : ICommand<int>, IRepeatable;

internal sealed class OfferWhenGivenBack(IMediator mediator) : IEventHandler<SeatGivenBack>
{
    public Task Handle(SeatGivenBack fact, CancellationToken ct) => mediator.Send(new OfferGivenBackSeats(fact.SeatId), ct);
}

internal sealed class OfferGivenBackSeatsHandler(PortalDbContext db, BookingPlans plans, TimeProvider clock) : IRequestHandler<OfferGivenBackSeats, int>
{
    private const int Batch = 200;

    public async Task<int> Handle(OfferGivenBackSeats request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var plan = await plans.Current(db, ct);
        var rules = plan.RulesOn(now.Day());
        var offerable = now + rules.Closes;
        var seats = await db.Seats.FromSql($"""
            SELECT e.* FROM appointments.seats e JOIN appointments.slots s ON s.id = e.slot_id
            WHERE e.appointment_id IS NULL AND e.pool = 'Waiting' AND s.starts_at > {offerable} AND s.withdrawn_at IS NULL AND ({request.SeatId}::bigint IS NULL OR e.id = {request.SeatId})
            ORDER BY s.starts_at, e.id LIMIT {Batch} FOR UPDATE OF e SKIP LOCKED
            """).ToListAsync(ct);
        var offered = new HashSet<string>();
        foreach (var seat in seats)
        {
            var slot = await db.Slots.AsNoTracking().SingleAsync(s => s.Id == seat.SlotId, ct);
            if (await Head(slot, offered, now, ct) is { } waiting)
                await Offer(seat, slot, waiting, plan, rules, now, ct);
            else if (slot.StartsAt - now <= TimeSpan.FromHours(rules.SameDayHours))
                seat.Pool = SeatPool.SameDay;
        }

        return seats.Count;
    }

    /// <summary>Who has waited longest, may book now and has not got anything in this run.</summary>
    private async Task<WaitingEntry?> Head(Slot slot, HashSet<string> offered, DateTimeOffset now, CancellationToken ct)
    {
        var line = await db.WaitingEntries.FromSql($"""
            SELECT w.* FROM appointments.waiting w
            WHERE w.service_group = {slot.ServiceGroup} AND w.state = 'Waiting' AND {slot.Day} BETWEEN w.from_day AND w.to_day
              AND NOT EXISTS (SELECT 1 FROM appointments.bookings b WHERE b.person_key = w.person_key AND b.service_group = w.service_group AND b.state IN ('Held', 'Confirmed', 'CheckedIn'))
              AND NOT EXISTS (SELECT 1 FROM appointments.bookings b WHERE b.property_key = w.property_key AND b.service_group = w.service_group AND b.state IN ('Held', 'Confirmed', 'CheckedIn'))
              AND NOT EXISTS (SELECT 1 FROM appointments.bookings b WHERE b.case_id = w.case_id AND b.state IN ('Held', 'Confirmed', 'CheckedIn'))
              AND NOT EXISTS (SELECT 1 FROM appointments.cooldowns c WHERE c.person_key = w.person_key AND c.until > {now} AND c.lifted_at IS NULL)
            ORDER BY w.id LIMIT {offered.Count + 1} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        var head = line.Find(w => w.State == WaitingState.Waiting);
        if (head is not null)
            offered.Add(head.Id.ToString());
        return head;
    }

    private async Task Offer(Seat seat, Slot slot, WaitingEntry waiting, BookingPlan plan, BookingRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var latest = slot.StartsAt - rules.Closes;
        var until = now.AddMinutes(rules.OfferMinutes);
        var kept = new Appointment
        {
            Number = AppointmentNumber.Draw(),
            SlotId = slot.Id,
            SeatId = seat.Id,
            ServiceCode = waiting.ServiceCode,
            ServiceGroup = waiting.ServiceGroup,
            Zone = slot.Zone,
            StartsAt = slot.StartsAt,
            EndsAt = slot.EndsAt,
            PersonKey = waiting.PersonKey,
            PropertyKey = waiting.PropertyKey,
            CaseId = waiting.CaseId,
            VisitorSecret = waiting.VisitorSecret,
            PropertySecret = waiting.PropertySecret,
            BookedBy = waiting.AccountId,
            Channel = BookingChannel.WaitingList,
            IdempotencyKey = $"waiting:{waiting.Id:N}",
            QuotaWeek = plan.Quotas.Any(q => q.Group == slot.ServiceGroup) ? SlotPlan.Monday(slot.Day) : null,
            CreatedAt = now,
        }.Offered(until < latest ? until : latest);
        db.Add(kept);
        waiting.Offer(kept.Id);
        await db.Seats.Where(s => s.Id == seat.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.AppointmentId, kept.Id), ct);
        db.Raise(new PlaceOffered(kept.Id), now);
    }
}
