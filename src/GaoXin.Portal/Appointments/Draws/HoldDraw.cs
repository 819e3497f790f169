using System.Security.Cryptography;
using FluentValidation;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Draws;

/// <summary>Closes the applications of draws whose time has come and publishes the commitment: the hash of a secret seed and of the list.</summary>
[ForSystem]
public sealed record CloseDraws : ICommand<int>;

/// <summary>
/// Holds a closed draw with the public value that was fixed after the close (开摇). Once only. Refused:
/// <c>appointment.draw-held</c>, <c>appointment.draw-open</c>.
/// </summary>
/// <param name="ReleaseId">The draw.</param>
/// <param name="PublicValue">From the source the rules name, as published.</param>
[ForStaff(Roles.HallManager)]
public sealed record HoldDraw(Guid ReleaseId, string PublicValue) : ICommand<int>, IRepeatable;

internal sealed class HoldDrawValidator : AbstractValidator<HoldDraw>
{
    public HoldDrawValidator() => RuleFor(r => r.PublicValue).Cascade(CascadeMode.Stop)
        .Must(v => !string.IsNullOrWhiteSpace(v)).WithMessage("请填公开的数值，和公布的一样，比如 3391.88。")
        .Must(v => v.Trim().Length <= 100 && !v.Contains('\n') && !v.Contains('\r')).WithMessage("公开的数值写在一行里，最多 100 个字。");
}

internal sealed class CloseDrawsHandler(PortalDbContext db, PersonalDataCipher cipher, TimeProvider clock) : IRequestHandler<CloseDraws, int>
{
    internal const string SeedPurpose = "appointments.draw-seed";
    private const int SeedLength = 32;

    public async Task<int> Handle(CloseDraws request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Releases.FromSql($"""
            SELECT * FROM appointments.releases r WHERE r.mode = 'Draw' AND r.closes_at <= {now} AND r.decided_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM appointments.draws d WHERE d.release_id = r.id) ORDER BY r.closes_at, r.id FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var release in due)
            await Close(release, now, ct);
        return due.Count;
    }

    private async Task Close(Release release, DateTimeOffset now, CancellationToken ct)
    {
        var applications = await db.DrawApplications.Where(a => a.ReleaseId == release.Id && a.State == DrawState.Applied).OrderBy(a => a.Id).ToListAsync(ct);
        var barred = await db.Barred(release, now, ct);
        var lost = await Lost(release, ct);
        foreach (var application in applications)
        {
            if (barred.Contains(application.Id))
                application.Exclude();
            else
                application.Close(1 + lost.GetValueOrDefault(application.Id));
        }

        var entries = applications.Where(a => a.State == DrawState.Applied).Select(a => a.Entry).ToList();
        if (entries.Count == 0)
        {
            // Nothing to draw: the places are given out like any other.
            release.DecidedAt = now;
            await db.OpenDrawSeats(release, ct);
            return;
        }

        var seed = RandomNumberGenerator.GetBytes(SeedLength);
        db.Add(new Draw
        {
            ReleaseId = release.Id,
            ServiceGroup = release.ServiceGroup,
            SeedSecret = cipher.Protect(seed, SeedPurpose),
            Commitment = DrawProcedure.Commit(seed),
            ListHash = DrawProcedure.HashOf(DrawProcedure.ListOf(entries)),
            Applications = entries.Count,
            ClosedAt = now,
        });
    }

    /// <summary>Draws lost since the person last won one of the group.</summary>
    private async Task<Dictionary<Guid, int>> Lost(Release release, CancellationToken ct) => (await db.Database.SqlQuery<LostDraws>($"""
        SELECT a.id, count(l.id)::int AS lost FROM appointments.draw_applications a
        JOIN appointments.draw_applications l ON l.person_key = a.person_key AND l.service_group = a.service_group AND l.state = 'Lost' AND l.release_id <> a.release_id
          AND l.id > coalesce((SELECT max(w.id::text) FROM appointments.draw_applications w WHERE w.person_key = a.person_key AND w.service_group = a.service_group AND w.state = 'Won')::uuid, '00000000-0000-0000-0000-000000000000')
        WHERE a.release_id = {release.Id} AND a.state = 'Applied' GROUP BY a.id
        """).ToListAsync(ct)).ToDictionary(l => l.Id, l => l.Lost);
}

internal sealed record LostDraws(Guid Id, int Lost);

internal static class DrawBars
{
    /// <summary>What the draw left is given out like any other place.</summary>
    public static Task<int> OpenDrawSeats(this PortalDbContext db, Release release, CancellationToken ct)
    {
        var slots = db.Slots.Where(s => s.ReleaseId == release.Id);
        return db.Seats.Where(s => s.Pool == SeatPool.Draw && s.AppointmentId == null && slots.Any(x => x.Id == s.SlotId))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.Pool, SeatPool.Open), ct);
    }

    /// <summary>Applications whose persons or properties have an appointment meanwhile, or whose online booking pauses.</summary>
    public static async Task<HashSet<Guid>> Barred(this PortalDbContext db, Release release, DateTimeOffset now, CancellationToken ct) => [.. await db.Database.SqlQuery<Guid>($"""
        SELECT a.id AS "Value" FROM appointments.draw_applications a
        WHERE a.release_id = {release.Id} AND a.state = 'Applied'
          AND (EXISTS (SELECT 1 FROM appointments.bookings b WHERE b.person_key = a.person_key AND b.service_group = a.service_group AND b.state IN ('Held', 'Confirmed', 'CheckedIn'))
            OR EXISTS (SELECT 1 FROM appointments.bookings b WHERE b.property_key = a.property_key AND b.service_group = a.service_group AND b.state IN ('Held', 'Confirmed', 'CheckedIn'))
            OR EXISTS (SELECT 1 FROM appointments.admissions d WHERE d.case_id = a.case_id AND d.ended_at IS NOT NULL)
            OR EXISTS (SELECT 1 FROM appointments.cooldowns c WHERE c.person_key = a.person_key AND c.until > {now} AND c.lifted_at IS NULL))
        """).ToListAsync(ct)];
}

internal sealed class HoldDrawHandler(PortalDbContext db, BookingPlans plans, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock) : IRequestHandler<HoldDraw, int>
{
    public async Task<int> Handle(HoldDraw request, CancellationToken ct)
    {
        var release = await db.Releases.FromSql($"SELECT * FROM appointments.releases WHERE id = {request.ReleaseId} AND mode = 'Draw' FOR UPDATE").SingleOrDefaultAsync(ct).OrNotFound("draw");
        var draw = await db.Draws.SingleOrDefaultAsync(d => d.ReleaseId == release.Id, ct) ?? throw new RefusedException(AppointmentRefusals.DrawOpen(release.ClosesAt));
        if (draw.HeldAt is not null)
            throw new RefusedException(AppointmentRefusals.DrawHeld());
        var now = clock.GetUtcNow();
        var applications = await db.DrawApplications.Where(a => a.ReleaseId == release.Id && a.State == DrawState.Applied).OrderBy(a => a.Id).ToListAsync(ct);
        var seats = await FreeSeats(release, now, ct);
        var plan = await plans.Current(db, ct);
        var most = await MostOf(release, ct);
        var proof = Prove(draw, request.PublicValue.Trim(), plan.RulesOn(now.Day()).DrawSource, most, [.. applications.Select(a => a.Entry)], seats);
        await Give(proof, applications, await db.Barred(release, now, ct), seats, plan, now, ct);
        draw.Hold(proof.PublicValue, proof, user.Id, now);
        release.DecidedAt = now;
        await db.OpenDrawSeats(release, ct);
        return draw.Winners!.Value;
    }

    /// <summary>What the quota of the week still allows.</summary>
    private async Task<int> MostOf(Release release, CancellationToken ct)
    {
        var quota = await db.Set<WeeklyQuota>().FromSql($"SELECT * FROM appointments.weekly_quotas WHERE service_group = {release.ServiceGroup} AND week = {release.FromDay} FOR UPDATE").AsNoTracking().SingleOrDefaultAsync(ct);
        return quota is null ? int.MaxValue : quota.Quota - quota.Used;
    }

    private async Task<Dictionary<Guid, (Slot Slot, Queue<long> Public, Queue<long> Desk)>> FreeSeats(Release release, DateTimeOffset now, CancellationToken ct)
    {
        var slots = await db.Slots.AsNoTracking().Where(s => s.ReleaseId == release.Id && s.WithdrawnAt == null && s.StartsAt > now).ToListAsync(ct);
        var ids = slots.Select(s => s.Id).ToArray();
        var free = (await db.Seats.FromSql($"SELECT * FROM appointments.seats WHERE slot_id = ANY ({ids}) AND appointment_id IS NULL AND pool IN ('Draw', 'Desk') ORDER BY slot_id, lane FOR UPDATE")
            .AsNoTracking().ToListAsync(ct)).ToLookup(s => (s.SlotId, s.Pool), s => s.Id);
        return slots.ToDictionary(s => s.Id, s => (s, new Queue<long>(free[(s.Id, SeatPool.Draw)]), new Queue<long>(free[(s.Id, SeatPool.Desk)])));
    }

    private DrawProof Prove(Draw draw, string value, string source, int most, IReadOnlyList<DrawEntry> entries, Dictionary<Guid, (Slot Slot, Queue<long> Public, Queue<long> Desk)> seats)
    {
        var seed = cipher.UnprotectBytes(draw.SeedSecret, CloseDrawsHandler.SeedPurpose);
        var places = seats.Select(s => new DrawPlaces(s.Key, s.Value.Public.Count, s.Value.Desk.Count)).ToList();
        var proof = new DrawProof(draw.ReleaseId, draw.Commitment, draw.ListHash, source, value, Convert.ToHexStringLower(seed), most, places, entries,
            DrawProcedure.Run(seed, value, entries, places, most));
        return proof.Faults() is { Count: > 0 } faults ? throw new InvalidOperationException($"The draw {draw.ReleaseId} does not fit its commitment: {faults[0]}") : proof;
    }

    private async Task Give(DrawProof proof, List<DrawApplication> applications, HashSet<Guid> barred, Dictionary<Guid, (Slot Slot, Queue<long> Public, Queue<long> Desk)> seats, BookingPlan plan, DateTimeOffset now, CancellationToken ct)
    {
        var byId = applications.ToDictionary(a => a.Id);
        var numbers = await AppointmentNumber.Free(db, proof.Results.Count(r => r.Slot is not null), ct);
        foreach (var result in proof.Results)
        {
            var application = byId[result.Application];
            if (result.Slot is not { } slot)
            {
                application.Lose(result.Rank);
                db.Raise(new DrawLost(application.Id), now);
                continue;
            }

            var (at, open, desk) = seats[slot];
            var seat = (result.FromDesk ? desk : open).Dequeue();
            if (barred.Contains(application.Id))
            {
                // He got a place since the close: the one he won goes to the waiting list, the draw stays as it fell.
                application.Exclude();
                await db.Seats.Where(s => s.Id == seat).ExecuteUpdateAsync(s => s.SetProperty(x => x.Pool, SeatPool.Waiting), ct);
                db.Raise(new SeatGivenBack(seat), now);
                continue;
            }

            var won = PlaceOf(application, numbers.Dequeue(), at, seat, plan, now);
            db.Add(won);
            application.Win(result.Rank, won.Id);
            await db.Seats.Where(s => s.Id == won.SeatId).ExecuteUpdateAsync(s => s.SetProperty(x => x.AppointmentId, won.Id), ct);
            db.Raise(new AppointmentConfirmed(won.Id, ByDraw: true), now);
        }
    }

    private static Appointment PlaceOf(DrawApplication of, string number, Slot slot, long seat, BookingPlan plan, DateTimeOffset now) => new Appointment
    {
        Number = number,
        SlotId = slot.Id,
        SeatId = seat,
        ServiceCode = of.ServiceCode,
        ServiceGroup = of.ServiceGroup,
        Zone = slot.Zone,
        StartsAt = slot.StartsAt,
        EndsAt = slot.EndsAt,
        PersonKey = of.PersonKey,
        PropertyKey = of.PropertyKey,
        CaseId = of.CaseId,
        VisitorSecret = of.VisitorSecret,
        PropertySecret = of.PropertySecret,
        BookedBy = of.AccountId,
        Channel = BookingChannel.Draw,
        IdempotencyKey = $"draw:{of.Id:N}",
        QuotaWeek = plan.Quotas.Any(q => q.Group == of.ServiceGroup) ? SlotPlan.Monday(slot.Day) : null,
        CreatedAt = now,
    }.Won(now);
}
