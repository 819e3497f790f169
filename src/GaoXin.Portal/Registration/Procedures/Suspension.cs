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

    /// <summary>The last day as filed.</summary>
    public required DateOnly LastDay { get; init; }

    public required string Reason { get; init; }

    /// <summary>法律文书送达地址 in place of the domicile; null when the domicile stays.</summary>
    public string? DeliveryAddress { get; init; }

    /// <summary>The day business was taken up again, earlier than filed.</summary>
    public DateOnly? ResumedOn { get; private set; }

    /// <summary>The case of 恢复营业 that ended it.</summary>
    public Guid? ResumedBy { get; private set; }

    /// <summary>As it was lived: until the last day as filed, or until business was taken up again.</summary>
    public SuspensionPeriod Period => new(FirstDay, ResumedOn is { } day ? (day > FirstDay ? day : FirstDay).AddDays(-1) : LastDay);

    public void Resume(DateOnly day, Guid caseId) => (ResumedOn, ResumedBy) = (day, caseId);

    /// <summary>The decision on 恢复营业 was revoked: the period runs as filed.</summary>
    public void GoOn() => (ResumedOn, ResumedBy) = (null, null);
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

    /// <summary>The same with what it prolongs: periods that follow each other day by day are one.</summary>
    public static SuspensionPeriod? Unbroken(IReadOnlyCollection<SuspensionPeriod> periods, DateOnly today)
    {
        if (Running(periods, today) is not { } last)
            return null;
        var first = last.FirstDay;
        foreach (var before in periods.Where(p => p.Days > 0).OrderByDescending(p => p.FirstDay))
            first = before.LastDay.AddDays(1) == first ? before.FirstDay : first;
        return last with { FirstDay = first };
    }
}

internal sealed class SuspensionConfiguration : IEntityTypeConfiguration<Suspension>
{
    public void Configure(EntityTypeBuilder<Suspension> builder)
    {
        builder.ToTable("suspensions", "registration", table => table.HasCheckConstraint("ck_suspensions_days", "last_day >= first_day"));
        builder.Ignore(s => s.Period);
        builder.Property(s => s.Reason).HasMaxLength(40);
        builder.Property(s => s.DeliveryAddress).HasMaxLength(300);
        builder.HasIndex(s => s.CaseId).IsUnique();
        builder.HasIndex(s => new { s.EntityId, s.FirstDay });
        builder.HasOne<MarketEntity>().WithMany().HasForeignKey(s => s.EntityId).OnDelete(DeleteBehavior.Restrict);
    }
}
