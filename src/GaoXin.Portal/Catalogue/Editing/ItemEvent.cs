using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>What can be done to an item.</summary>
public enum ItemEventKind
{
    /// <summary>认领.</summary>
    [Chinese("认领")]
    Claimed,

    /// <summary>新增.</summary>
    [Chinese("新增")]
    Created,

    /// <summary>开始修改.</summary>
    [Chinese("开始修改")]
    Started,

    /// <summary>改内容.</summary>
    [Chinese("改内容")]
    Changed,

    /// <summary>提交审核.</summary>
    [Chinese("提交审核")]
    Submitted,

    /// <summary>退回修改.</summary>
    [Chinese("退回修改")]
    Returned,

    /// <summary>审核通过.</summary>
    [Chinese("审核通过")]
    Reviewed,

    /// <summary>发布.</summary>
    [Chinese("发布")]
    Published,

    /// <summary>放弃草稿.</summary>
    [Chinese("放弃草稿")]
    Discarded,

    /// <summary>撤回版本.</summary>
    [Chinese("撤回版本")]
    Withdrawn,

    /// <summary>导入.</summary>
    [Chinese("导入")]
    Imported,

    /// <summary>撤销导入.</summary>
    [Chinese("撤销导入")]
    ImportUndone,
}

/// <summary>Who did what to an item, when. Rows are never changed or deleted: Schema.sql sees to it.</summary>
internal sealed class ItemEvent
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Code { get; init; }

    public required ItemEventKind Kind { get; init; }

    public required Guid By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }

    public int? Version { get; init; }

    /// <summary>In words: the elements changed, the reason given.</summary>
    public string? Detail { get; init; }
}

/// <summary>认领: an item of a higher level's list that the zone takes over.</summary>
internal sealed class ItemClaim
{
    public required string Code { get; init; }

    /// <summary>The list it was taken from, for example 省级目录.</summary>
    public required string From { get; init; }

    /// <summary>依据文件.</summary>
    public required string Document { get; init; }

    public required Guid ClaimedBy { get; init; }

    public required string ClaimedByName { get; init; }

    public required DateTimeOffset ClaimedAt { get; init; }
}

internal sealed class ItemEventConfiguration : IEntityTypeConfiguration<ItemEvent>
{
    public void Configure(EntityTypeBuilder<ItemEvent> builder)
    {
        builder.ToTable("item_events", "catalogue");
        builder.Property(e => e.Code).HasMaxLength(60);
        builder.Property(e => e.ByName).HasMaxLength(50);
        builder.Property(e => e.Detail).HasMaxLength(2000);
        builder.HasIndex(e => new { e.Code, e.At });
    }
}

internal sealed class ItemClaimConfiguration : IEntityTypeConfiguration<ItemClaim>
{
    public void Configure(EntityTypeBuilder<ItemClaim> builder)
    {
        builder.ToTable("item_claims", "catalogue");
        builder.HasKey(c => c.Code);
        builder.Property(c => c.Code).HasMaxLength(60);
        builder.Property(c => c.From).HasMaxLength(100);
        builder.Property(c => c.Document).HasMaxLength(200);
        builder.Property(c => c.ClaimedByName).HasMaxLength(50);
    }
}

/// <summary>Writes the record of what editors do.</summary>
internal sealed class ItemJournal(PortalDbContext db, ICurrentUser user, TimeProvider clock)
{
    private const int Longest = 2000;

    public void Record(string code, ItemEventKind kind, string? detail = null, int? version = null) => db.Add(new ItemEvent
    {
        Code = code,
        Kind = kind,
        By = user.Id,
        ByName = user.DisplayName,
        At = clock.GetUtcNow(),
        Version = version,
        Detail = detail is { Length: > Longest } ? detail[..Longest] : detail,
    });
}
