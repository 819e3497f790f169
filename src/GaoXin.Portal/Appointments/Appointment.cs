using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Appointments;

/// <summary>Where an appointment (预约) stands.</summary>
public enum AppointmentState
{
    /// <summary>保留中: a place is kept for some minutes.</summary>
    Held,

    /// <summary>已约好.</summary>
    Confirmed,

    /// <summary>已取号: the person is in the hall.</summary>
    CheckedIn,

    /// <summary>已办.</summary>
    Done,

    /// <summary>已取消, by the person.</summary>
    Cancelled,

    /// <summary>保留到期: it was not confirmed in time.</summary>
    Expired,

    /// <summary>没来.</summary>
    NoShow,

    /// <summary>大厅取消: never a fault of the person.</summary>
    HallCancelled,
}

/// <summary>How an appointment came about.</summary>
public enum BookingChannel
{
    /// <summary>网上.</summary>
    Web,

    /// <summary>手机端 (API).</summary>
    App,

    /// <summary>电话、自助机和窗口, by staff.</summary>
    Desk,

    /// <summary>候补.</summary>
    WaitingList,

    /// <summary>摇号.</summary>
    Draw,
}

/// <summary>
/// One person's place (号) in one slot. It is taken by <c>appointments.hold</c> in the database, which alone decides who gets
/// which seat; the unique indexes below stand behind it. Who comes is encrypted; <see cref="PersonKey"/> is a keyed hash.
/// </summary>
internal sealed class Appointment
{
    public const string VisitorPurpose = "appointments.visitor";
    public const string PropertyPurpose = "appointments.property";
    public const string PersonKind = "appointments.person";
    public const string PropertyKind = "appointments.property";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Number { get; init; }

    public required Guid SlotId { get; set; }

    public required long SeatId { get; set; }

    public required string ServiceCode { get; init; }

    public required string ServiceGroup { get; init; }

    public required string Zone { get; init; }

    public required DateTimeOffset StartsAt { get; set; }

    public required DateTimeOffset EndsAt { get; set; }

    public required byte[] PersonKey { get; init; }

    public byte[]? PropertyKey { get; init; }

    /// <summary>The pre-checked case (办件) it is for, where the service needs one.</summary>
    public Guid? CaseId { get; init; }

    public required byte[] VisitorSecret { get; init; }

    public byte[]? PropertySecret { get; init; }

    /// <summary>The account that booked; for a caller at the desk the member of staff.</summary>
    public required Guid BookedBy { get; init; }

    public bool ForAnother { get; init; }

    public required BookingChannel Channel { get; init; }

    public AppointmentState State { get; private set; }

    public DateTimeOffset? HoldUntil { get; private set; }

    public bool Extended { get; private set; }

    public required string IdempotencyKey { get; init; }

    /// <summary>The Monday of the week that counts it, for a group with a weekly quota; a trigger counts.</summary>
    public DateOnly? QuotaWeek { get; set; }

    public int Moves { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    public DateTimeOffset? CheckedInAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>The time the person had chosen, when the hall moved it: not coming, cancelling and another time are free then. Null again once he chose anew.</summary>
    public DateTimeOffset? HallMovedFrom { get; private set; }

    /// <summary>Why the hall moved or ended it, as the person reads it.</summary>
    public string? HallReason { get; private set; }

    public bool IsHallsDoing => HallMovedFrom is not null;

    /// <summary>A place kept for the head of the waiting list.</summary>
    public Appointment Offered(DateTimeOffset until)
    {
        (State, HoldUntil) = (AppointmentState.Held, until);
        return this;
    }

    /// <summary>A place won in a draw.</summary>
    public Appointment Won(DateTimeOffset now)
    {
        (State, ConfirmedAt) = (AppointmentState.Confirmed, now);
        return this;
    }

    /// <summary>True while a person may still confirm.</summary>
    public bool IsHeldAt(DateTimeOffset now) => State == AppointmentState.Held && HoldUntil > now;

    /// <summary>Keeps the place once more for the same time; once only.</summary>
    public void Extend(TimeSpan by, DateTimeOffset now)
    {
        if (!IsHeldAt(now))
            throw new RefusedException(AppointmentRefusals.HoldOver());
        if (Extended)
            throw new RefusedException(AppointmentRefusals.ExtendedAlready());
        (HoldUntil, Extended) = (HoldUntil + by, true);
    }

    /// <summary>The person gives the place back.</summary>
    public void Cancel(DateTimeOffset now)
    {
        if (State is not (AppointmentState.Held or AppointmentState.Confirmed))
            throw new RefusedException(AppointmentRefusals.OverAlready(State));
        if (State == AppointmentState.Confirmed && StartsAt <= now)
            throw new RefusedException(AppointmentRefusals.StartedAlready());
        (State, EndedAt, HoldUntil) = (AppointmentState.Cancelled, now, null);
    }

    /// <summary>The hall has to drop it; nothing is held against the person.</summary>
    public void CancelByHall(DateTimeOffset now, string? reason = null) => (State, EndedAt, HoldUntil, HallReason) = (AppointmentState.HallCancelled, now, null, reason);

    /// <summary>Nobody came until the end of the slot and the grace after it.</summary>
    public void Missed(DateTimeOffset now) => (State, EndedAt) = (AppointmentState.NoShow, now);

    /// <summary>Nobody confirmed in time.</summary>
    public void Expire(DateTimeOffset now) => (State, EndedAt) = (AppointmentState.Expired, now);

    /// <summary>Another time of the person's choice; after the hall moved it, the first does not count. The seats move in the database.</summary>
    public void MovedTo(Slot slot, long seat, DateOnly? quotaWeek)
    {
        if (!IsHallsDoing)
            Moves++;
        (HallMovedFrom, HallReason) = (null, null);
        Place(slot, seat, quotaWeek);
    }

    /// <summary>Another time because the hall is closed at the one that was chosen.</summary>
    public void MovedByHall(Slot slot, long seat, DateOnly? quotaWeek, string reason)
    {
        (HallMovedFrom, HallReason) = (HallMovedFrom ?? StartsAt, reason);
        Place(slot, seat, quotaWeek);
    }

    /// <summary>Its case has to be mended first: the time stays, and another one or a cancellation costs nothing.</summary>
    public void Excuse() => HallMovedFrom ??= StartsAt;

    private void Place(Slot slot, long seat, DateOnly? quotaWeek) =>
        (SlotId, SeatId, StartsAt, EndsAt, QuotaWeek, RemindedAt) = (slot.Id, seat, slot.StartsAt, slot.EndsAt, quotaWeek, null);
}

internal static class AppointmentStates
{
    /// <summary>A person has at most one of these in a group, and so has a property unit.</summary>
    public static readonly AppointmentState[] Active = [AppointmentState.Held, AppointmentState.Confirmed, AppointmentState.CheckedIn];
}

internal static class AppointmentSets
{
    extension(PortalDbContext db)
    {
        public DbSet<Appointment> Appointments => db.Set<Appointment>();

        public DbSet<Slot> Slots => db.Set<Slot>();

        public DbSet<Seat> Seats => db.Set<Seat>();

        public DbSet<Release> Releases => db.Set<Release>();

        /// <summary>The appointment, locked until the commit.</summary>
        public async Task<Appointment?> LockAppointment(Guid id, CancellationToken ct) =>
            await db.Appointments.FromSql($"SELECT * FROM appointments.bookings WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);

        /// <summary>The user's own appointment, locked. Not there and not yours look alike.</summary>
        public async Task<Appointment> LockOwnAppointment(Guid id, ICurrentUser user, CancellationToken ct) =>
            await db.LockAppointment(id, ct) is { } found && found.BookedBy == user.Id ? found : throw new NotFoundException("appointment");

        /// <summary>Empties the seat of an appointment that ended; who may take it next is said by the pool.</summary>
        public Task<int> FreeSeat(Appointment ended, SeatPool next, CancellationToken ct) =>
            db.Seats.Where(s => s.Id == ended.SeatId && s.AppointmentId == ended.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.AppointmentId, (Guid?)null).SetProperty(x => x.Pool, next), ct);
    }
}

internal sealed class AppointmentConfiguration : IEntityTypeConfiguration<Appointment>
{
    public const string SeatIndex = "ux_bookings_seat";
    public const string PersonIndex = "ux_bookings_person";
    public const string PropertyIndex = "ux_bookings_property";
    public const string CaseIndex = "ux_bookings_case";
    public const string RequestIndex = "ux_bookings_request";
    public const string NumberIndex = "ux_bookings_number";
    public const string Active = "state IN ('Held', 'Confirmed', 'CheckedIn')";

    public void Configure(EntityTypeBuilder<Appointment> builder)
    {
        builder.ToTable("bookings", "appointments", t =>
        {
            t.HasCheckConstraint("ck_bookings_held_has_end", "(state = 'Held') <= (hold_until IS NOT NULL)");
            t.HasCheckConstraint("ck_bookings_ends_after_start", "ends_at > starts_at");
            t.HasCheckConstraint("ck_bookings_confirmed_has_time", "state NOT IN ('Confirmed', 'CheckedIn', 'Done', 'NoShow') OR confirmed_at IS NOT NULL");
        });
        builder.Property(a => a.Number).HasMaxLength(AppointmentNumber.Length);
        builder.Property(a => a.ServiceCode).HasMaxLength(60);
        builder.Property(a => a.ServiceGroup).HasMaxLength(60);
        builder.Property(a => a.Zone).HasMaxLength(60);
        builder.Property(a => a.IdempotencyKey).HasMaxLength(80);
        builder.Property(a => a.HallReason).HasMaxLength(200);
        builder.Ignore(a => a.IsHallsDoing);
        builder.HasIndex(a => a.SeatId).IsUnique().HasFilter("state IN ('Held', 'Confirmed', 'CheckedIn', 'Done')").HasDatabaseName(SeatIndex);
        builder.HasIndex(a => new { a.PersonKey, a.ServiceGroup }).IsUnique().HasFilter(Active).HasDatabaseName(PersonIndex);
        builder.HasIndex(a => new { a.PropertyKey, a.ServiceGroup }).IsUnique().HasFilter($"property_key IS NOT NULL AND {Active}").HasDatabaseName(PropertyIndex);
        builder.HasIndex(a => a.CaseId).IsUnique().HasFilter($"case_id IS NOT NULL AND {Active}").HasDatabaseName(CaseIndex);
        builder.HasIndex(a => new { a.CaseId, a.Id }).HasFilter("case_id IS NOT NULL").HasDatabaseName("ix_bookings_case");
        builder.HasIndex(a => new { a.PersonKey, a.BookedBy, a.IdempotencyKey }).IsUnique().HasDatabaseName(RequestIndex);
        builder.HasIndex(a => a.Number).IsUnique().HasDatabaseName(NumberIndex);
        builder.HasIndex(a => a.SlotId).HasFilter("state = 'Held'").HasDatabaseName("ix_bookings_held");
        builder.HasIndex(a => a.HoldUntil).HasFilter("state = 'Held'").HasDatabaseName("ix_bookings_hold_ends");
        builder.HasIndex(a => new { a.PersonKey, a.CreatedAt }).HasDatabaseName("ix_bookings_person_time");
        builder.HasIndex(a => new { a.BookedBy, a.Id }).HasDatabaseName("ix_bookings_booked_by");
        builder.HasIndex(a => new { a.StartsAt, a.Id }).HasFilter("state = 'Confirmed'").HasDatabaseName("ix_bookings_coming");
        builder.HasOne<Slot>().WithMany().HasForeignKey(a => a.SlotId).OnDelete(DeleteBehavior.Restrict);
    }
}
