using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Notifications;

/// <summary>Where a short message stands.</summary>
internal enum SmsStatus
{
    /// <summary>Not out yet; the outbox tries again, later each time.</summary>
    Waiting,

    /// <summary>Taken by the gateway.</summary>
    Sent,

    /// <summary>The tries are used up; the health check says degraded.</summary>
    Failed,

    /// <summary>The account has no phone number (staff): the inbox only.</summary>
    NoPhone,
}

/// <summary>One short message to one account. The number is looked up when it is sent and never kept here.</summary>
internal sealed class SmsDispatch
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid NoticeId { get; init; }

    public required Guid RecipientId { get; init; }

    public required string Text { get; init; }

    public SmsStatus Status { get; private set; }

    public int Attempts { get; private set; }

    public string? LastError { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SentAt { get; private set; }
}

internal sealed class SmsDispatchConfiguration : IEntityTypeConfiguration<SmsDispatch>
{
    public void Configure(EntityTypeBuilder<SmsDispatch> builder)
    {
        builder.ToTable("sms_dispatches", "notifications", table =>
            table.HasCheckConstraint("ck_sms_dispatches_sent", "(status = 'Sent') = (sent_at IS NOT NULL)"));
        builder.Property(d => d.Text).HasMaxLength(300);
        builder.Property(d => d.LastError).HasMaxLength(200);
        builder.HasIndex(d => d.NoticeId).IsUnique();
        builder.HasIndex(d => d.CreatedAt).HasFilter("status <> 'Sent'");
    }
}
