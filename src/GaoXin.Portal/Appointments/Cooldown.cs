using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Appointments;

/// <summary>Why a person can not book online for a while. The hall itself stays open to everybody.</summary>
public enum CooldownReason
{
    /// <summary>第二次取消.</summary>
    CancelledAgain,

    /// <summary>临近才取消.</summary>
    CancelledLate,

    /// <summary>约了没来.</summary>
    NoShow,
}

/// <summary>
/// A time without online booking (暂停网上预约), with its reason, an end and an appeal (申诉). A member of staff lifts it with a reason.
/// </summary>
internal sealed class Cooldown
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required byte[] PersonKey { get; init; }

    /// <summary>The account that booked, so that the person can read and appeal.</summary>
    public required Guid AccountId { get; init; }

    public required Guid AppointmentId { get; init; }

    public required CooldownReason Reason { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset Until { get; init; }

    public DateTimeOffset? AppealedAt { get; private set; }

    public byte[]? AppealSecret { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public Guid? AnsweredBy { get; private set; }

    public string? Answer { get; private set; }

    public DateTimeOffset? LiftedAt { get; private set; }

    /// <summary>The price of how an appointment ended.</summary>
    public static Cooldown After(Appointment ended, (CooldownReason Reason, int Days) cost, DateTimeOffset now) => new()
    {
        PersonKey = ended.PersonKey,
        AccountId = ended.BookedBy,
        AppointmentId = ended.Id,
        Reason = cost.Reason,
        StartsAt = now,
        Until = now.AddDays(cost.Days),
    };

    public void Appeal(byte[] words, DateTimeOffset now) => (AppealedAt, AppealSecret) = (now, words);

    public void Settle(bool lift, string answer, Guid by, DateTimeOffset now) =>
        (AnsweredAt, AnsweredBy, Answer, LiftedAt) = (now, by, answer, lift ? now : LiftedAt);
}

internal sealed class CooldownConfiguration : IEntityTypeConfiguration<Cooldown>
{
    public void Configure(EntityTypeBuilder<Cooldown> builder)
    {
        builder.ToTable("cooldowns", "appointments", t => t.HasCheckConstraint("ck_cooldowns_ends_later", "until > starts_at"));
        builder.Property(c => c.Answer).HasMaxLength(500);
        builder.HasIndex(c => new { c.PersonKey, c.Until });
        builder.HasIndex(c => new { c.AccountId, c.Until });
        builder.HasIndex(c => c.AppointmentId).IsUnique();
        builder.HasIndex(c => c.AppealedAt).HasFilter("appealed_at IS NOT NULL AND answered_at IS NULL").HasDatabaseName("ix_cooldowns_appeals");
    }
}

internal static class CooldownSet
{
    extension(PortalDbContext db)
    {
        public DbSet<Cooldown> Cooldowns => db.Set<Cooldown>();
    }
}
