using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Schedules;

/// <summary>What withdrawing slots would do.</summary>
/// <param name="Slots">Times that would be withdrawn.</param>
/// <param name="NewSlots">Times that would be new.</param>
/// <param name="Appointments">Appointments that would move.</param>
/// <param name="FreeNear">Free places of the same groups in the seven days around, with those of the new times.</param>
/// <param name="Affected">The first fifty, in their order.</param>
/// <param name="Token">Names exactly this: the change with the slots and appointments it affects. What is confirmed with it is what was seen.</param>
public sealed record HallChangePreview(int Slots, int NewSlots, int Appointments, int FreeNear, IReadOnlyList<AffectedAppointment> Affected, string Token)
{
    /// <summary>Appointments that the desk made for people without an account: nobody is told by message, so the desk calls them.</summary>
    public int ToCall { get; init; }
}

/// <summary>An appointment that would move.</summary>
public sealed record AffectedAppointment(string Number, string Service, DateTimeOffset StartsAt, string MaskedName, bool ToCall);

/// <summary>A change of the hall that withdraws slots, in words that do not change from preview to confirmation.</summary>
/// <param name="Words">Everything that was typed.</param>
/// <param name="Withdrawn">The slots.</param>
/// <param name="New">Slots that come instead.</param>
internal sealed record HallChange(string Words, IReadOnlyCollection<Guid> Withdrawn, IReadOnlyCollection<PlannedSlot> New);

/// <summary>Looks ahead, and tells whether what was looked at is still so.</summary>
internal sealed class WithdrawalPreview(PortalDbContext db, BookingPlans plans, VisitorCards cards, PersonalDataCipher cipher, MovedByHall moved, TimeProvider clock)
{
    private const int Most = 50;
    private const int DaysNear = 7;
    private const string TokenKind = "appointments.hall-change";

    public async Task<HallChangePreview> Of(HallChange change, CancellationToken ct)
    {
        var (ids, plan) = (change.Withdrawn.ToArray(), await plans.Current(db, ct));
        var affected = Affected(ids);
        var count = await affected.CountAsync(ct);
        var toCall = await affected.CountAsync(a => a.Channel == BookingChannel.Desk, ct);
        var first = await affected.OrderBy(a => a.StartsAt).ThenBy(a => a.Id).Take(Most).ToListAsync(ct);
        return new HallChangePreview(ids.Length, change.New.Count, count, await FreeNear(ids, ct) + change.New.Sum(n => n.Seats),
            [.. first.Select(a => new AffectedAppointment(AppointmentNumber.Display(a.Number), plan.TitleOf(a.ServiceCode), a.StartsAt, Masking.Name(cards.Open(a.VisitorSecret).Name), a.Channel == BookingChannel.Desk))],
            (await Look(change, ct)).Token)
        { ToCall = toCall };
    }

    /// <summary>
    /// Refuses when something else would happen now than was seen. What is affected is locked until the commit; the answer is how many
    /// appointments that are.
    /// </summary>
    public async Task<int> MustBeSeen(HallChange change, string token, CancellationToken ct)
    {
        await moved.Lock(change.Withdrawn, ct);
        var (now, appointments) = await Look(change, ct);
        return token == now ? appointments : throw new RefusedException(AppointmentRefusals.PreviewAgain());
    }

    private IQueryable<Appointment> Affected(Guid[] slots) => db.Appointments.AsNoTracking().Where(a => slots.Contains(a.SlotId) && a.State == AppointmentState.Confirmed);

    private async Task<(string Token, int Appointments)> Look(HallChange change, CancellationToken ct)
    {
        var slots = change.Withdrawn.Order().ToArray();
        var appointments = await Affected(slots).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(ct);
        var named = string.Join('\n', [change.Words, .. slots.Select(s => $"{s:N}"), "-", .. appointments.Select(a => $"{a:N}")]);
        return (Convert.ToHexStringLower(cipher.Hash(named, TokenKind)), appointments.Count);
    }

    private async Task<int> FreeNear(Guid[] withdrawn, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return (await db.Database.SqlQuery<int>($"""
            WITH gone AS (SELECT service_group, min(starts_at) - make_interval(days => {DaysNear}) AS near, max(starts_at) + make_interval(days => {DaysNear}) AS far
                          FROM appointments.slots WHERE id = ANY ({withdrawn}) GROUP BY service_group)
            SELECT count(*)::int AS "Value" FROM gone g
            JOIN appointments.slots s ON s.service_group = g.service_group AND s.starts_at > {now} AND s.starts_at BETWEEN g.near AND g.far AND s.withdrawn_at IS NULL AND s.id <> ALL ({withdrawn})
            JOIN appointments.seats e ON e.slot_id = s.id AND e.appointment_id IS NULL AND e.pool <> 'Draw'
            """).ToListAsync(ct)).Single();
    }
}
