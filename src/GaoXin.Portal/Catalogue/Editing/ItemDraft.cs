using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>Where a draft stands.</summary>
public enum DraftStatus
{
    /// <summary>草稿.</summary>
    [Chinese("草稿")]
    Draft,

    /// <summary>待审核.</summary>
    [Chinese("待审核")]
    Submitted,

    /// <summary>已审核: a second person has agreed.</summary>
    [Chinese("已审核")]
    Reviewed,

    /// <summary>已发布.</summary>
    [Chinese("已发布")]
    Published,

    /// <summary>已放弃.</summary>
    [Chinese("已放弃")]
    Discarded,
}

/// <summary>
/// The next version of an item on its way: draft, reviewed, published. There is one open draft an item, and who wrote or
/// submitted it never reviews or publishes it: check constraints see to both.
/// </summary>
internal sealed class ItemDraft
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Code { get; init; }

    /// <summary>The published version it grew from; null for a new item.</summary>
    public int? BaseVersion { get; init; }

    /// <summary>Canonical JSON without version and day.</summary>
    public string Content { get; private set; } = "{}";

    public string Title { get; private set; } = "";

    public DraftStatus Status { get; private set; }

    /// <summary>Counts the changes; an editor's page carries it, so that nobody overwrites what he has not seen.</summary>
    public int Revision { get; private set; }

    public Guid WrittenBy { get; private set; }

    public string WrittenByName { get; private set; } = "";

    public DateTimeOffset WrittenAt { get; private set; }

    public Guid? SubmittedBy { get; private set; }

    public Guid? ReviewedBy { get; private set; }

    public string? ReviewedByName { get; private set; }

    /// <summary>Why it was sent back.</summary>
    public string? Remark { get; private set; }

    public Guid? PublishedBy { get; private set; }

    public int? PublishedVersion { get; private set; }

    /// <summary>The import that brought it.</summary>
    public Guid? ImportId { get; init; }

    public bool IsOpen => Status is DraftStatus.Draft or DraftStatus.Submitted or DraftStatus.Reviewed;

    public ItemDocument Read() => ItemDocument.Parse(Content);

    public void Write(ItemDocument document, ICurrentUser by, DateTimeOffset now)
    {
        Expect(DraftStatus.Draft);
        (Content, Title) = (document.ToJson(), document.Title);
        (WrittenBy, WrittenByName, WrittenAt) = (by.Id, by.DisplayName, now);
        Revision++;
    }

    public void Submit(ICurrentUser by)
    {
        Expect(DraftStatus.Draft);
        (Status, SubmittedBy, Remark) = (DraftStatus.Submitted, by.Id, null);
        Revision++;
    }

    /// <summary>退回修改.</summary>
    public void Return(string remark)
    {
        Expect(DraftStatus.Submitted, DraftStatus.Reviewed);
        (Status, Remark, ReviewedBy, ReviewedByName) = (DraftStatus.Draft, remark, null, null);
        Revision++;
    }

    public void Review(ICurrentUser by)
    {
        Expect(DraftStatus.Submitted);
        MustBeAnother(by);
        (Status, ReviewedBy, ReviewedByName) = (DraftStatus.Reviewed, by.Id, by.DisplayName);
        Revision++;
    }

    public void Publish(ICurrentUser by, int version)
    {
        Expect(DraftStatus.Reviewed);
        MustBeAnother(by);
        (Status, PublishedBy, PublishedVersion) = (DraftStatus.Published, by.Id, version);
        Revision++;
    }

    public void Discard()
    {
        Expect(DraftStatus.Draft, DraftStatus.Submitted, DraftStatus.Reviewed);
        Status = DraftStatus.Discarded;
        Revision++;
    }

    private void MustBeAnother(ICurrentUser by)
    {
        if (by.Id == WrittenBy || by.Id == SubmittedBy)
            throw new RefusedException(EditingRefusals.SecondPerson());
    }

    private void Expect(params DraftStatus[] statuses)
    {
        if (!statuses.Contains(Status))
            throw new RefusedException(EditingRefusals.NotNow(Status));
    }
}

internal sealed class ItemDraftConfiguration : IEntityTypeConfiguration<ItemDraft>
{
    public void Configure(EntityTypeBuilder<ItemDraft> builder)
    {
        builder.ToTable("item_drafts", "catalogue", table =>
        {
            table.HasCheckConstraint("ck_item_drafts_reviewer", "reviewed_by IS NULL OR (reviewed_by <> written_by AND reviewed_by <> submitted_by)");
            table.HasCheckConstraint("ck_item_drafts_publisher", "published_by IS NULL OR (published_by <> written_by AND published_by <> submitted_by)");
            table.HasCheckConstraint("ck_item_drafts_published", "status <> 'Published' OR (published_by IS NOT NULL AND reviewed_by IS NOT NULL AND published_version IS NOT NULL)");
        });
        builder.Property(d => d.Code).HasMaxLength(60);
        builder.Property(d => d.Content).HasColumnType("jsonb");
        builder.Property(d => d.Title).HasMaxLength(100);
        builder.Property(d => d.WrittenByName).HasMaxLength(50);
        builder.Property(d => d.ReviewedByName).HasMaxLength(50);
        builder.Property(d => d.Remark).HasMaxLength(400);
        builder.Property(d => d.Revision).IsConcurrencyToken();
        builder.HasIndex(d => d.Code).IsUnique().HasFilter("status IN ('Draft', 'Submitted', 'Reviewed')").HasDatabaseName("ux_item_drafts_open");
        builder.HasIndex(d => d.ImportId);
        builder.HasIndex(d => new { d.Status, d.WrittenAt });
    }
}

internal static class EditingSets
{
    extension(PortalDbContext db)
    {
        public DbSet<ItemDraft> ItemDrafts => db.Set<ItemDraft>();

        public DbSet<ItemEvent> ItemEvents => db.Set<ItemEvent>();

        public DbSet<ItemClaim> ItemClaims => db.Set<ItemClaim>();
    }
}
