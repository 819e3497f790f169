using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Catalogue;

/// <summary>One loaded version of a service. It never changes: cases are pinned to it.</summary>
internal sealed class ServiceVersion
{
    public required string Code { get; init; }

    public required int Version { get; init; }

    public required string Hash { get; init; }

    /// <summary>Canonical JSON with the data elements it uses, so that it stands alone.</summary>
    public required string Content { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    public required DateTimeOffset LoadedAt { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required string Department { get; init; }

    public required string Theme { get; init; }

    public required string[] Audiences { get; init; }

    /// <summary>取消: the version only says that the item is no longer handled.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Set when the publication was undone: the version never counts again, its number is not used again.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>How it came here.</summary>
    public VersionOrigin Origin { get; init; }

    /// <summary>Who wrote it; null for files.</summary>
    public Guid? WrittenBy { get; init; }

    public string? WrittenByName { get; init; }

    /// <summary>The second person, who published it. Null for files, which are published by their review.</summary>
    public Guid? PublishedBy { get; init; }

    public string? PublishedByName { get; init; }

    /// <summary>The import that brought it.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>撤回: the version never counts again.</summary>
    public void Withdraw(DateTimeOffset now) => WithdrawnAt ??= now;

    /// <summary>Projects a definition into its columns.</summary>
    public static ServiceVersion Of(ServiceDefinition service, string content, DateTimeOffset now, VersionAuthors? authors = null) => new()
    {
        Code = service.Code,
        Version = service.Version,
        Hash = service.Hash,
        Content = content,
        EffectiveFrom = service.EffectiveFrom,
        LoadedAt = now,
        Title = service.Title,
        Summary = service.Summary,
        Department = service.Department,
        Theme = service.Theme,
        Cancelled = service.Cancelled is not null,
        Audiences = [.. service.Audiences.Select(a => a.ToString())],
        Origin = authors?.Origin ?? VersionOrigin.File,
        WrittenBy = authors?.WrittenBy,
        WrittenByName = authors?.WrittenByName,
        PublishedBy = authors?.PublishedBy,
        PublishedByName = authors?.PublishedByName,
        ImportId = authors?.ImportId,
    };
}

/// <summary>How a version came into the catalogue.</summary>
public enum VersionOrigin
{
    /// <summary>定义文件.</summary>
    [Chinese("定义文件")]
    File,

    /// <summary>编辑.</summary>
    [Chinese("在线编辑")]
    Editor,

    /// <summary>导入.</summary>
    [Chinese("批量导入")]
    Import,

    /// <summary>撤销导入: the content of before, in force again.</summary>
    [Chinese("撤销导入")]
    Undo,
}

/// <summary>Who brought a version.</summary>
internal sealed record VersionAuthors(VersionOrigin Origin, Guid WrittenBy, string WrittenByName, Guid PublishedBy, string PublishedByName, Guid? ImportId);

/// <summary>One loaded version of a rule set.</summary>
internal sealed class RuleSetVersion
{
    public required string Code { get; init; }

    public required int Version { get; init; }

    public required string Hash { get; init; }

    public required string Content { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    public required DateTimeOffset LoadedAt { get; init; }
}

/// <summary>A list that may be corrected in place: a year of the calendar, departments, divisions, themes.</summary>
internal sealed class ReferenceList
{
    /// <summary>For example <c>calendar/2026</c> or <c>departments</c>.</summary>
    public required string Name { get; init; }

    public string Hash { get; private set; } = "";

    public string Content { get; private set; } = "{}";

    public DateTimeOffset LoadedAt { get; private set; }

    public void Replace(string hash, string content, DateTimeOffset now) => (Hash, Content, LoadedAt) = (hash, content, now);
}

internal static class CatalogueSets
{
    extension(PortalDbContext db)
    {
        /// <summary>The version of every service in force on a day, cancelled ones too; see Schema.sql for the rule.</summary>
        public IQueryable<ServiceVersion> ServicesInForce(DateOnly day) =>
            db.Set<ServiceVersion>().FromSql($"SELECT * FROM catalogue.services_in_force({day})");

        public DbSet<ServiceVersion> ServiceVersions => db.Set<ServiceVersion>();

        public DbSet<RuleSetVersion> RuleSetVersions => db.Set<RuleSetVersion>();

        public DbSet<ReferenceList> ReferenceLists => db.Set<ReferenceList>();
    }
}

internal sealed class ServiceVersionConfiguration : IEntityTypeConfiguration<ServiceVersion>
{
    public void Configure(EntityTypeBuilder<ServiceVersion> builder)
    {
        builder.ToTable("service_versions", "catalogue", table =>
        {
            table.HasCheckConstraint("ck_service_versions_version", "version > 0");
            table.HasCheckConstraint("ck_service_versions_hash", "length(hash) = 64");
            table.HasCheckConstraint("ck_service_versions_two_people",
                "origin IN ('File', 'Undo') OR (written_by IS NOT NULL AND published_by IS NOT NULL AND written_by <> published_by)");
        });
        builder.HasKey(v => new { v.Code, v.Version });
        builder.Property(v => v.Code).HasMaxLength(60);
        builder.Property(v => v.Hash).HasMaxLength(64);
        builder.Property(v => v.Content).HasColumnType("jsonb");
        builder.Property(v => v.Title).HasMaxLength(100);
        builder.Property(v => v.Summary).HasMaxLength(300);
        builder.Property(v => v.Department).HasMaxLength(60);
        builder.Property(v => v.Theme).HasMaxLength(60);
        builder.Property(v => v.WrittenByName).HasMaxLength(50);
        builder.Property(v => v.PublishedByName).HasMaxLength(50);
        builder.HasIndex(v => v.ImportId);
    }
}

internal sealed class RuleSetVersionConfiguration : IEntityTypeConfiguration<RuleSetVersion>
{
    public void Configure(EntityTypeBuilder<RuleSetVersion> builder)
    {
        builder.ToTable("rule_set_versions", "catalogue", table => table.HasCheckConstraint("ck_rule_set_versions_version", "version > 0"));
        builder.HasKey(v => new { v.Code, v.Version });
        builder.Property(v => v.Code).HasMaxLength(60);
        builder.Property(v => v.Hash).HasMaxLength(64);
        builder.Property(v => v.Content).HasColumnType("jsonb");
    }
}

internal sealed class ReferenceListConfiguration : IEntityTypeConfiguration<ReferenceList>
{
    public void Configure(EntityTypeBuilder<ReferenceList> builder)
    {
        builder.ToTable("reference_lists", "catalogue");
        builder.HasKey(l => l.Name);
        builder.Property(l => l.Name).HasMaxLength(80);
        builder.Property(l => l.Hash).HasMaxLength(64);
        builder.Property(l => l.Content).HasColumnType("jsonb");
    }
}
