using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Notifications;

/// <summary>One message in a person's inbox (我的消息). Its words hold no personal data: service, number, day.</summary>
internal sealed class Notice
{
    public const int LongestLink = 300;

    /// <summary>Version 7: the order of ids is the order of time, and the key of the list.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid RecipientId { get; init; }

    /// <summary>The sender's own name for this fact, so that the same fact is told once.</summary>
    public string? Key { get; init; }

    public required string Template { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public string? Link { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>The first time counts.</summary>
    public void Read(DateTimeOffset now) => ReadAt ??= now;
}

internal static class NotificationSets
{
    extension(PortalDbContext db)
    {
        public DbSet<Notice> Notices => db.Set<Notice>();

        public DbSet<SmsDispatch> SmsDispatches => db.Set<SmsDispatch>();
    }
}

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notices", "notifications");
        builder.Property(n => n.Key).HasMaxLength(200);
        builder.Property(n => n.Template).HasMaxLength(60);
        builder.Property(n => n.Title).HasMaxLength(60);
        builder.Property(n => n.Text).HasMaxLength(500);
        builder.Property(n => n.Link).HasMaxLength(Notice.LongestLink);
        builder.HasIndex(n => new { n.RecipientId, n.Id }).IsDescending(false, true);
        builder.HasIndex(n => n.RecipientId).HasFilter("read_at IS NULL").HasDatabaseName("ix_notices_unread");
        builder.HasIndex(n => new { n.RecipientId, n.Key }).IsUnique().HasFilter("key IS NOT NULL");
    }
}
