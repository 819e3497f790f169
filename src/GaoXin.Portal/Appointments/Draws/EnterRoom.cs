using System.Security.Cryptography;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Draws;

/// <summary>
/// Enters the waiting room of a release (候场), or looks again: everybody who came before its end is shuffled, later ones follow.
/// When the room ends, the first who looks has it shuffled. Refused: <c>appointment.not-yet</c> before the day of the release.
/// </summary>
[ForCitizens]
public sealed record EnterRoom(Guid ReleaseId) : ICommand<RoomTurn>, IRepeatable;

/// <summary>Where one stands in the room.</summary>
/// <param name="EndsAt">Until then it makes no difference when one came.</param>
/// <param name="Rank">The place in line; null until the shuffle.</param>
/// <param name="TurnAt">From when one may choose; null until the shuffle.</param>
/// <param name="IsTurn">Now.</param>
/// <param name="Here">How many are in the room.</param>
/// <param name="Day">The day whose places come out.</param>
public sealed record RoomTurn(DateTimeOffset EndsAt, int? Rank, DateTimeOffset? TurnAt, bool IsTurn, int Here, DateOnly Day);

internal sealed class EnterRoomHandler(PortalDbContext db, BookingPlans plans, VisitorCards cards, IPeople people, ICurrentUser user, TimeProvider clock) : IRequestHandler<EnterRoom, RoomTurn>
{
    public async Task<RoomTurn> Handle(EnterRoom request, CancellationToken ct)
    {
        var own = await cards.OwnOf(user.Id, people, ct);
        var now = clock.GetUtcNow();
        var release = await db.Releases.AsNoTracking().SingleOrDefaultAsync(r => r.Id == request.ReleaseId && r.Mode == ReleaseMode.WaitingRoom, ct).OrNotFound("room");
        if (release.OpensAt.Day() > now.Day())
            throw new RefusedException(AppointmentRefusals.NotYet(release.OpensAt));
        var id = Guid.CreateVersion7();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO appointments.room_entries (id, release_id, person_key, account_id, joined_at) VALUES ({id}, {release.Id}, {own.Key}, {user.Id}, {now})
            ON CONFLICT (release_id, person_key) DO NOTHING
            """, ct);
        if (release.ClosesAt <= now)
            await Line(release, now, ct);
        // Tracked: the rank it has just got is not saved yet.
        var entry = await db.RoomEntries.SingleAsync(e => e.ReleaseId == release.Id && e.PersonKey == own.Key, ct);
        var here = await db.RoomEntries.CountAsync(e => e.ReleaseId == release.Id, ct);
        return new RoomTurn(release.ClosesAt!.Value, entry.Rank, entry.TurnAt, entry.TurnAt <= now, here, release.FromDay);
    }

    /// <summary>Gives a rank to everybody who has none: by a secret order to those of the room, by arrival to the later ones.</summary>
    private async Task Line(Release release, DateTimeOffset now, CancellationToken ct)
    {
        var locked = await db.Releases.FromSql($"SELECT * FROM appointments.releases WHERE id = {release.Id} FOR UPDATE").SingleAsync(ct);
        var rules = (await plans.Current(db, ct)).RulesOn(now.Day());
        var arrived = await db.RoomEntries.Where(e => e.ReleaseId == release.Id && e.Rank == null).OrderBy(e => e.Id).ToListAsync(ct);
        var last = await db.RoomEntries.Where(e => e.ReleaseId == release.Id && e.Rank != null).MaxAsync(e => e.Rank, ct) ?? 0;
        var seed = RandomNumberGenerator.GetBytes(32);
        var inTime = locked.DecidedAt is null ? arrived.Where(e => e.JoinedAt <= locked.ClosesAt).OrderBy(e => Convert.ToHexString(HMACSHA256.HashData(seed, e.Id.ToByteArray())), StringComparer.Ordinal) : Enumerable.Empty<RoomEntry>();
        var ordered = inTime.ToList();
        ordered.AddRange(arrived.Except(ordered));
        foreach (var entry in ordered)
        {
            entry.Rank = ++last;
            entry.TurnAt = locked.ClosesAt!.Value.AddMinutes((last - 1) / rules.RoomBatch);
        }

        locked.DecidedAt ??= now;
        locked.FreeFrom ??= locked.ClosesAt!.Value.AddMinutes((last + rules.RoomBatch - 1) / rules.RoomBatch + 1);
    }
}
