using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Identity;

/// <summary>What an administrator did to a staff account. Rows are never changed or deleted: Schema.sql sees to it.</summary>
internal sealed class StaffAccountChange
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    public required Guid ChangedBy { get; init; }

    public required string ChangedByName { get; init; }

    public required StaffAccountChangeKind Kind { get; init; }

    /// <summary>Codes only, for example the new roles; never a password.</summary>
    public required string Detail { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>The kinds of change.</summary>
public enum StaffAccountChangeKind
{
    /// <summary>开户.</summary>
    Opened,

    /// <summary>停用.</summary>
    Deactivated,

    /// <summary>恢复.</summary>
    Reactivated,

    /// <summary>改角色或部门.</summary>
    DutiesChanged,

    /// <summary>重置登录.</summary>
    SignInReset,
}

internal sealed class StaffAccountChangeConfiguration : IEntityTypeConfiguration<StaffAccountChange>
{
    public void Configure(EntityTypeBuilder<StaffAccountChange> builder)
    {
        builder.ToTable("staff_account_changes", "identity");
        builder.Property(c => c.ChangedByName).HasMaxLength(50);
        builder.Property(c => c.Detail).HasMaxLength(400);
        builder.HasIndex(c => new { c.AccountId, c.At });
    }
}
