using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Hall;

/// <summary>
/// One person's place in line (排队号), for one day. It moves only through <see cref="HallJournal"/>, which asks the state
/// table and writes the event. Nothing personal in clear: the ID number is a keyed hash.
/// </summary>
internal sealed class Ticket
{
    public const string PersonKind = "hall-person";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Opens the ticket's page; unguessable.</summary>
    public required string Code { get; init; }

    /// <summary>For example C037: the letter of the zone where it was taken, and the number of the day.</summary>
    public required string Number { get; init; }

    public required DateOnly Day { get; init; }

    public required string Zone { get; set; }

    public required string Group { get; set; }

    public required TicketClass Class { get; init; }

    public string? UrgentReason { get; init; }

    public byte[]? PersonHash { get; init; }

    public Guid? AppointmentId { get; init; }

    public TicketState State { get; private set; }

    /// <summary>The one column that orders the line: earliest first.</summary>
    public required DateTimeOffset Due { get; set; }

    public required DateTimeOffset CheckedInAt { get; init; }

    public int? Window { get; private set; }

    public int Calls { get; private set; }

    /// <summary>Of this round: a ticket that goes back in line begins anew.</summary>
    public DateTimeOffset? FirstCalledAt { get; private set; }

    /// <summary>The very first call: what the told waiting time is measured against.</summary>
    public DateTimeOffset? ReachedAt { get; private set; }

    public DateTimeOffset? LastCalledAt { get; private set; }

    public DateTimeOffset? ServedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public DateTimeOffset? MissedAt { get; private set; }

    public DateTimeOffset? ParkedUntil { get; private set; }

    public string? Reason { get; private set; }

    public bool Rejoined { get; private set; }

    /// <summary>What was told at check-in, in minutes: P10, the middle, P90, and position × average for comparison.</summary>
    public double? ToldLow { get; set; }

    public double? ToldMiddle { get; set; }

    public double? ToldHigh { get; set; }

    public double? ToldSimple { get; set; }

    public int Version { get; private set; }

    /// <summary>The person of an appointment has come.</summary>
    public static Ticket ForAppointment(NewTicket made, Guid appointmentId) =>
        made.Build(TicketClass.Booked, null, appointmentId, TicketState.Booked);

    /// <summary>Somebody without an appointment.</summary>
    public static Ticket ForWalkIn(NewTicket made, TicketClass @class, string? urgentReason) =>
        made.Build(@class, urgentReason, null, TicketState.CheckedIn);

    /// <summary>Moves along the state table. Called by the journal only, so that no move goes unrecorded.</summary>
    public void Move(TicketAction action, DateTimeOffset now)
    {
        if (!TicketTransitions.Table.TryGetValue((State, action), out var target))
            throw new RefusedException(HallRefusals.TicketNotNow(State));
        State = target;
        Version++;
        switch (action)
        {
            case TicketAction.Recall:
                Calls++;
                LastCalledAt = now;
                break;
            case TicketAction.Start:
                ServedAt = now;
                break;
            case TicketAction.Miss:
                MissedAt = now;
                break;
            case TicketAction.Rejoin:
                Rejoined = true;
                break;
        }

        if (State is not (TicketState.Called or TicketState.Serving))
            LeaveWindow(now);
    }

    public void Because(string reason) => Reason = reason;

    public void Park(string reason, DateTimeOffset until)
    {
        Reason = reason;
        ParkedUntil = until;
    }

    /// <summary>过号 only after enough calls over enough minutes.</summary>
    public void MustBeMissable(HallRules rules, DateTimeOffset now)
    {
        if (Calls < rules.MissedCalls || FirstCalledAt is not { } first || now < first.AddMinutes(rules.MissedMinutes))
            throw new RefusedException(HallRefusals.NotMissedYet(rules, Calls));
    }

    /// <summary>Back in line once, soon after the calls were missed.</summary>
    public void MustBeAbleToRejoin(HallRules rules, DateTimeOffset now)
    {
        if (Rejoined)
            throw new RefusedException(HallRefusals.RejoinedBefore());
        if (MissedAt is { } missed && now > missed.AddMinutes(rules.RejoinWithin))
            throw new RefusedException(HallRefusals.RejoinTooLate(rules));
    }

    private void LeaveWindow(DateTimeOffset now)
    {
        Window = null;
        if (State == TicketState.Waiting)
        {
            Calls = 0;
            FirstCalledAt = null;
            ParkedUntil = null;
        }

        if (TicketTransitions.IsOver(State))
            EndedAt = now;
    }

    /// <summary>What every new ticket has.</summary>
    internal sealed record NewTicket(string Code, string Number, DateOnly Day, string Zone, string Group, byte[]? PersonHash, DateTimeOffset CheckedInAt, DateTimeOffset Due)
    {
        public Ticket Build(TicketClass @class, string? urgentReason, Guid? appointmentId, TicketState state) => new()
        {
            Code = Code,
            Number = Number,
            Day = Day,
            Zone = Zone,
            Group = Group,
            PersonHash = PersonHash,
            CheckedInAt = CheckedInAt,
            Due = Due,
            Class = @class,
            UrgentReason = urgentReason,
            AppointmentId = appointmentId,
            State = state,
        };
    }
}

internal static class HallSets
{
    extension(PortalDbContext db)
    {
        public DbSet<Ticket> Tickets => db.Set<Ticket>();

        public DbSet<HallWindow> HallWindows => db.Set<HallWindow>();

        public DbSet<HallEvent> HallEvents => db.Set<HallEvent>();

        /// <summary>The ticket of a page, locked. The code is the key: who holds it may act.</summary>
        public async Task<Ticket> LockTicket(string? code, DateOnly today, CancellationToken ct)
        {
            var found = await db.Tickets.FromSql($"SELECT * FROM hall.tickets WHERE code = {code ?? ""} AND day = {today} FOR UPDATE").SingleOrDefaultAsync(ct);
            return found ?? throw new NotFoundException("ticket");
        }
    }
}

internal sealed class TicketConfiguration : IEntityTypeConfiguration<Ticket>
{
    public const string OnePerPersonIndex = "ux_tickets_one_per_person";
    public const string OnePerWindowIndex = "ux_tickets_one_per_window";

    public void Configure(EntityTypeBuilder<Ticket> builder)
    {
        builder.ToTable("tickets", "hall", t =>
        {
            t.HasCheckConstraint("ck_tickets_window", "(state IN ('Called', 'Serving')) = (window_number IS NOT NULL)");
            t.HasCheckConstraint("ck_tickets_urgent", "class <> 'Urgent' OR urgent_reason IS NOT NULL");
            t.HasCheckConstraint("ck_tickets_parked", "state <> 'Parked' OR (parked_until IS NOT NULL AND reason IS NOT NULL)");
            t.HasCheckConstraint("ck_tickets_voided", "state <> 'Voided' OR reason IS NOT NULL");
        });
        builder.Property(t => t.Code).HasMaxLength(20);
        builder.Property(t => t.Number).HasMaxLength(8);
        builder.Property(t => t.Zone).HasMaxLength(40);
        builder.Property(t => t.Group).HasColumnName("group_code").HasMaxLength(40);
        builder.Property(t => t.Window).HasColumnName("window_number");
        builder.Property(t => t.UrgentReason).HasMaxLength(100);
        builder.Property(t => t.Reason).HasMaxLength(100);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasIndex(t => t.Code).IsUnique();
        builder.HasIndex(t => new { t.Day, t.Number }).IsUnique();
        builder.HasIndex(t => new { t.Day, t.Window }).IsUnique().HasFilter("state IN ('Called', 'Serving')").HasDatabaseName(OnePerWindowIndex);
        builder.HasIndex(t => new { t.Day, t.PersonHash, t.Group }).IsUnique()
            .HasFilter("person_hash IS NOT NULL AND state NOT IN ('Done', 'Left', 'Voided', 'Missed')").HasDatabaseName(OnePerPersonIndex);
        builder.HasIndex(t => t.AppointmentId).IsUnique().HasFilter("appointment_id IS NOT NULL AND state <> 'Voided'").HasDatabaseName("ux_tickets_appointment");
        builder.HasIndex(t => new { t.Day, t.Group, t.Due, t.Id }).HasFilter("state IN ('Waiting', 'Parked')").HasDatabaseName("ix_tickets_line");
        builder.HasIndex(t => new { t.Group, t.ServedAt }).HasFilter("state = 'Done'").HasDatabaseName("ix_tickets_history");
    }
}
