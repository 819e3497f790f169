using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Appointments.Draws;

/// <summary>What became of an application.</summary>
public enum DrawState
{
    /// <summary>已登记.</summary>
    Applied,

    /// <summary>自己撤了.</summary>
    Withdrawn,

    /// <summary>摇中.</summary>
    Won,

    /// <summary>没摇中.</summary>
    Lost,

    /// <summary>没有参加: has an appointment already, or online booking pauses.</summary>
    Excluded,
}

/// <summary>Somebody who takes part in the draw of a release, with up to three preferences.</summary>
internal sealed class DrawApplication
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>抽签编号, see <see cref="DrawNumber"/>: opens the result together with the end of the ID number.</summary>
    public required string Number { get; init; }

    public required Guid ReleaseId { get; init; }

    public required string ServiceGroup { get; init; }

    public required string ServiceCode { get; init; }

    public required byte[] PersonKey { get; init; }

    public byte[]? PropertyKey { get; init; }

    public Guid? CaseId { get; init; }

    public required byte[] VisitorSecret { get; init; }

    public byte[]? PropertySecret { get; init; }

    public required Guid AccountId { get; init; }

    public required BookingChannel Channel { get; init; }

    /// <summary>Nobody has an account to be told by: the desk tells it, or the kiosk when the card comes again.</summary>
    public bool Silent { get; init; }

    public required List<Guid> Preferences { get; init; }

    /// <summary>Names the request, so that it can be sent again; null from a page.</summary>
    public string? RequestKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>1 + draws lost since the last place; fixed at the close.</summary>
    public int Weight { get; private set; } = 1;

    public DrawState State { get; private set; }

    public int? Rank { get; private set; }

    public Guid? AppointmentId { get; private set; }

    public DrawEntry Entry => new(Id, Weight, Channel == BookingChannel.Desk, Preferences);

    public void Close(int weight) => Weight = weight;

    public void Exclude() => State = DrawState.Excluded;

    public void Withdraw() => State = DrawState.Withdrawn;

    public void Win(int rank, Guid appointment) => (State, Rank, AppointmentId) = (DrawState.Won, rank, appointment);

    public void Lose(int rank) => (State, Rank) = (DrawState.Lost, rank);
}

/// <summary>One draw: first the commitment, later the public value and the proof. What was published never changes.</summary>
internal sealed class Draw
{
    public required Guid ReleaseId { get; init; }

    public required string ServiceGroup { get; init; }

    /// <summary>The seed, encrypted until the draw.</summary>
    public required byte[] SeedSecret { get; init; }

    public required string Commitment { get; init; }

    public required string ListHash { get; init; }

    public required int Applications { get; init; }

    public required DateTimeOffset ClosedAt { get; init; }

    public string? PublicValue { get; private set; }

    public Guid? HeldBy { get; private set; }

    public DateTimeOffset? HeldAt { get; private set; }

    public int? Winners { get; private set; }

    public string? Proof { get; private set; }

    public void Hold(string publicValue, DrawProof proof, Guid by, DateTimeOffset now) =>
        (PublicValue, Proof, Winners, HeldBy, HeldAt) = (publicValue, proof.Write(), proof.Results.Count(r => r.Slot is not null), by, now);
}

internal sealed class DrawApplicationConfiguration : IEntityTypeConfiguration<DrawApplication>
{
    public const string PersonIndex = "ux_draw_applications_person";
    public const string PropertyIndex = "ux_draw_applications_property";

    public void Configure(EntityTypeBuilder<DrawApplication> builder)
    {
        builder.ToTable("draw_applications", "appointments", t => t.HasCheckConstraint("ck_draw_applications_weight", "weight >= 1 AND cardinality(preferences) >= 1"));
        builder.Property(a => a.ServiceGroup).HasMaxLength(60);
        builder.Property(a => a.ServiceCode).HasMaxLength(60);
        builder.Property(a => a.Number).HasMaxLength(AppointmentNumber.Length);
        builder.HasIndex(a => a.Number).IsUnique();
        builder.Ignore(a => a.Entry);
        builder.HasIndex(a => new { a.ReleaseId, a.PersonKey }).IsUnique().HasFilter("state <> 'Withdrawn'").HasDatabaseName(PersonIndex);
        builder.HasIndex(a => new { a.ReleaseId, a.PropertyKey }).IsUnique().HasFilter("state <> 'Withdrawn' AND property_key IS NOT NULL").HasDatabaseName(PropertyIndex);
        builder.HasIndex(a => new { a.PersonKey, a.ServiceGroup, a.Id });
        builder.HasIndex(a => new { a.AccountId, a.Id });
        builder.HasIndex(a => a.CaseId).HasFilter("case_id IS NOT NULL AND state = 'Applied'").HasDatabaseName("ix_draw_applications_case");
        builder.Property(a => a.RequestKey).HasMaxLength(80);
        builder.HasIndex(a => new { a.PersonKey, a.RequestKey }).IsUnique().HasFilter("request_key IS NOT NULL");
        builder.HasOne<Release>().WithMany().HasForeignKey(a => a.ReleaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DrawConfiguration : IEntityTypeConfiguration<Draw>
{
    public void Configure(EntityTypeBuilder<Draw> builder)
    {
        builder.ToTable("draws", "appointments", t => t.HasCheckConstraint("ck_draws_held_whole", "(held_at IS NULL) = (proof IS NULL) AND (held_at IS NULL) = (public_value IS NULL)"));
        builder.HasKey(d => d.ReleaseId);
        builder.Property(d => d.ServiceGroup).HasMaxLength(60);
        builder.Property(d => d.Commitment).HasMaxLength(64);
        builder.Property(d => d.ListHash).HasMaxLength(64);
        builder.Property(d => d.PublicValue).HasMaxLength(100);
        builder.HasIndex(d => d.ClosedAt);
        builder.HasOne<Release>().WithOne().HasForeignKey<Draw>(d => d.ReleaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class DrawSets
{
    extension(PortalDbContext db)
    {
        public DbSet<DrawApplication> DrawApplications => db.Set<DrawApplication>();

        public DbSet<Draw> Draws => db.Set<Draw>();
    }
}
