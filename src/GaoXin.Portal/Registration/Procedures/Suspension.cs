using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>A period in which an entity has suspended business (歇业). It ends by itself on its last day, or earlier when business is taken up again.</summary>
internal sealed class Suspension
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid EntityId { get; init; }

    public required Guid CaseId { get; init; }

    public required DateOnly FirstDay { get; init; }

    /// <summary>The last day as filed, or the day before business was taken up again.</summary>
    public required DateOnly LastDay { get; set; }

    public required string Reason { get; init; }

    /// <summary>法律文书送达地址 in place of the domicile; null when the domicile stays.</summary>
    public string? DeliveryAddress { get; init; }

    public DateOnly? ResumedOn { get; set; }

    public SuspensionPeriod Period => new(FirstDay, LastDay);
}

/// <summary>First and last day of a suspension, both suspended.</summary>
internal readonly record struct SuspensionPeriod(DateOnly FirstDay, DateOnly LastDay)
{
    /// <summary>None when business was taken up again before it began.</summary>
    public int Days => Math.Max(0, LastDay.DayNumber - FirstDay.DayNumber + 1);

    public bool Covers(DateOnly day) => FirstDay <= day && day <= LastDay;
}

/// <summary>
/// How long an entity may be suspended: three years over all periods together (条例 30). An unbroken period may last three calendar
/// years; days used before shorten it. Pure.
/// </summary>
internal static class SuspensionAllowance
{
    public const int Years = 3;

    /// <summary>A suspension may be prolonged in its last 30 days (细则 41).</summary>
    public const int DaysToProlong = 30;

    /// <summary>The last day that a period from <paramref name="firstDay"/> may have; before the first day when nothing is left.</summary>
    public static DateOnly LastPossible(DateOnly firstDay, IEnumerable<SuspensionPeriod> earlier) =>
        firstDay.AddYears(Years).AddDays(-1 - earlier.Sum(p => p.Days));

    /// <summary>The period that covers a day or begins later; null when business goes on.</summary>
    public static SuspensionPeriod? Running(IEnumerable<SuspensionPeriod> periods, DateOnly today) =>
        periods.Where(p => p.Days > 0 && p.LastDay >= today).Select(p => (SuspensionPeriod?)p).MaxBy(p => p!.Value.LastDay);
}

internal sealed class SuspensionConfiguration : IEntityTypeConfiguration<Suspension>
{
    public void Configure(EntityTypeBuilder<Suspension> builder)
    {
        builder.ToTable("suspensions", "registration", table => table.HasCheckConstraint("ck_suspensions_days", "last_day >= first_day - 1"));
        builder.Ignore(s => s.Period);
        builder.Property(s => s.Reason).HasMaxLength(40);
        builder.Property(s => s.DeliveryAddress).HasMaxLength(300);
        builder.HasIndex(s => s.CaseId).IsUnique();
        builder.HasIndex(s => new { s.EntityId, s.FirstDay });
        builder.HasOne<MarketEntity>().WithMany().HasForeignKey(s => s.EntityId).OnDelete(DeleteBehavior.Restrict);
    }
}
