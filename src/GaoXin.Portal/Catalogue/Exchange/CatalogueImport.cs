using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>Where an import stands.</summary>
public enum ImportStatus
{
    /// <summary>检查过，还没写入.</summary>
    [Chinese("已检查，还没导入")]
    Checked,

    /// <summary>待另一人审核.</summary>
    [Chinese("待审核")]
    Waiting,

    /// <summary>已发布.</summary>
    [Chinese("已发布")]
    Published,

    /// <summary>已放弃.</summary>
    [Chinese("已放弃")]
    Discarded,

    /// <summary>已撤销.</summary>
    [Chinese("已撤销")]
    Undone,
}

/// <summary>One file with its dry run, from the upload to the publication and perhaps back.</summary>
internal sealed class CatalogueImport
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string FileName { get; init; }

    /// <summary>Kept while it can still be written; a file with a fault is mended and uploaded again.</summary>
    public required byte[] File { get; set; }

    /// <summary>取消文件里没有的事项: why; null leaves them alone.</summary>
    public string? MissingReason { get; init; }

    public string? MissingBasis { get; init; }

    public required ImportReport Report { get; set; }

    public ImportStatus Status { get; private set; }

    public required Guid ImportedBy { get; init; }

    public required string ImportedByName { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }

    public Guid? ApprovedBy { get; private set; }

    public string? ApprovedByName { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    public string? UndoneByName { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    /// <summary>写入: its drafts wait for the second person. Who checked the file answers for it.</summary>
    public void Write(ICurrentUser by)
    {
        Expect(ImportStatus.Checked);
        if (by.Id != ImportedBy)
            throw new RefusedException(Editing.EditingRefusals.NotYourImport(ImportedByName));
        if (Report.Faults.Count > 0)
            throw new RefusedException(Editing.EditingRefusals.ImportHasFaults(Report.Faults.Count));
        Status = ImportStatus.Waiting;
    }

    public void Publish(ICurrentUser by, DateTimeOffset now)
    {
        Expect(ImportStatus.Waiting);
        if (by.Id == ImportedBy)
            throw new RefusedException(Editing.EditingRefusals.SecondPerson());
        (Status, ApprovedBy, ApprovedByName, PublishedAt) = (ImportStatus.Published, by.Id, by.DisplayName, now);
    }

    public void Discard()
    {
        Expect(ImportStatus.Checked, ImportStatus.Waiting);
        (Status, File) = (ImportStatus.Discarded, []);
    }

    public void Undo(ICurrentUser by, DateTimeOffset now)
    {
        Expect(ImportStatus.Published);
        (Status, UndoneByName, UndoneAt) = (ImportStatus.Undone, by.DisplayName, now);
    }

    private void Expect(params ImportStatus[] statuses)
    {
        if (!statuses.Contains(Status))
            throw new RefusedException(Editing.EditingRefusals.ImportNotNow());
    }
}

/// <summary>What a dry run found.</summary>
public sealed record ImportReport
{
    /// <summary>新增.</summary>
    public IReadOnlyList<ImportedItem> Added { get; init; } = [];

    /// <summary>修改, element by element.</summary>
    public IReadOnlyList<ImportedItem> Changed { get; init; } = [];

    /// <summary>文件里没有 of the items in force.</summary>
    public IReadOnlyList<ImportedItem> Missing { get; init; } = [];

    /// <summary>How many are as before.</summary>
    public int Unchanged { get; init; }

    /// <summary>Everything to mend; nothing is written while there is one.</summary>
    public IReadOnlyList<ImportFault> Faults { get; init; } = [];
}

/// <summary>One item of a report.</summary>
public sealed record ImportedItem(string Code, string Title, IReadOnlyList<Items.ElementChange> Changes);

internal sealed class CatalogueImportConfiguration : IEntityTypeConfiguration<CatalogueImport>
{
    public void Configure(EntityTypeBuilder<CatalogueImport> builder)
    {
        builder.ToTable("imports", "catalogue", table =>
            table.HasCheckConstraint("ck_imports_two_people", "approved_by IS NULL OR approved_by <> imported_by"));
        builder.Property(i => i.FileName).HasMaxLength(200);
        builder.Property(i => i.MissingReason).HasMaxLength(200);
        builder.Property(i => i.MissingBasis).HasMaxLength(200);
        builder.Property(i => i.ImportedByName).HasMaxLength(50);
        builder.Property(i => i.ApprovedByName).HasMaxLength(50);
        builder.Property(i => i.UndoneByName).HasMaxLength(50);
        builder.Property(i => i.Report).HasColumnType("jsonb").HasConversion(JsonColumn.Of<ImportReport>(), JsonColumn.Comparer<ImportReport>());
        builder.Property<uint>("xmin").IsRowVersion();
        builder.HasIndex(i => i.ImportedAt);
    }
}

internal static class ExchangeSets
{
    extension(PortalDbContext db)
    {
        public DbSet<CatalogueImport> CatalogueImports => db.Set<CatalogueImport>();

        public Task<CatalogueImport> LockImport(Guid id, CancellationToken ct) =>
            db.CatalogueImports.FromSql($"SELECT *, xmin FROM catalogue.imports WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct).OrNotFound("import");
    }
}
