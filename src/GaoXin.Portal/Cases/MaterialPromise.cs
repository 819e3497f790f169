using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases;

/// <summary>What stands in for a material.</summary>
public enum PromiseKind
{
    /// <summary>容缺后补: the case is accepted without it, it comes by a day that was promised.</summary>
    [Chinese("容缺后补")]
    Later,

    /// <summary>告知承诺: a signed commitment replaces it, an officer checks afterwards.</summary>
    [Chinese("告知承诺")]
    Commitment,
}

/// <summary>What became of a promise.</summary>
public enum PromiseOutcome
{
    /// <summary>兑现了.</summary>
    [Chinese("兑现了")]
    Kept,

    /// <summary>没有兑现 (失信).</summary>
    [Chinese("没有兑现")]
    Broken,

    /// <summary>不用了: the case ended without an approval.</summary>
    [Chinese("不用了")]
    Void,
}

/// <summary>
/// A promise in place of a material (容缺受理, 告知承诺). Who made it is kept as a hash: a promise that was broken counts at the next
/// application, whatever the account. It covers what was signed: the hash of the answers stands in the submit event.
/// </summary>
internal sealed class MaterialPromise
{
    public const string FindingPurpose = "cases.promise-finding";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required string Department { get; init; }

    public required PromiseKind Kind { get; init; }

    public required string MaterialCode { get; init; }

    public required byte[] PersonHash { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The last day to hand in, or to check; null while a commitment waits for the decision.</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary>The day on which the portal does something by itself: reminds, reminds once more, stops the case. Only of what is handed in later.</summary>
    public DateOnly? NextOn { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public PromiseOutcome? Outcome { get; private set; }

    public Guid? CheckedBy { get; private set; }

    public string? CheckedByName { get; private set; }

    public byte[]? ProtectedFinding { get; private set; }

    public bool IsOpen => EndedAt is null;

    /// <summary>The days of the first reminder, of the last, and of the end.</summary>
    public void HandInBy(DateOnly due, WorkingCalendar calendar) => (DueOn, NextOn) = (due, calendar.WorkingDaysBefore(due, 3));

    /// <summary>The day of what time does next, after what it did today.</summary>
    public void Reminded(DateOnly today) => NextOn = today < DueOn ? DueOn : DueOn!.Value.AddDays(1);

    public bool IsOverdue(DateOnly today) => IsOpen && DueOn < today;

    /// <summary>The decision rests on the commitment: from now on it can be checked.</summary>
    public void CheckBy(DateOnly due) => DueOn ??= due;

    public void End(PromiseOutcome outcome, DateTimeOffset now)
    {
        if (EndedAt is null)
            (EndedAt, Outcome, NextOn) = (now, outcome, null);
    }

    public void Check(bool kept, byte[] finding, ICurrentUser by, DateTimeOffset now)
    {
        if (Kind != PromiseKind.Commitment || DueOn is null || EndedAt is not null)
            throw new RefusedException(CaseRefusals.NothingToCheck());
        End(kept ? PromiseOutcome.Kept : PromiseOutcome.Broken, now);
        (CheckedBy, CheckedByName, ProtectedFinding) = (by.Id, by.DisplayName, finding);
    }
}

internal sealed class MaterialPromiseConfiguration : IEntityTypeConfiguration<MaterialPromise>
{
    public void Configure(EntityTypeBuilder<MaterialPromise> builder)
    {
        builder.ToTable("promises", "cases", t =>
        {
            t.HasCheckConstraint("ck_promises_outcome", "(ended_at IS NULL) = (outcome IS NULL)");
            t.HasCheckConstraint("ck_promises_later", "kind <> 'Later' OR due_on IS NOT NULL");
            t.HasCheckConstraint("ck_promises_checked", "(checked_by IS NULL) = (finding IS NULL)");
        });
        builder.Property(p => p.Department).HasMaxLength(60);
        builder.Property(p => p.MaterialCode).HasMaxLength(60);
        builder.Property(p => p.CheckedByName).HasMaxLength(50);
        builder.Property(p => p.ProtectedFinding).HasColumnName("finding");
        builder.HasIndex(p => new { p.CaseId, p.MaterialCode }).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName("ux_promises_open");
        builder.HasIndex(p => new { p.Department, p.Kind, p.DueOn, p.Id }).HasFilter("ended_at IS NULL AND due_on IS NOT NULL").HasDatabaseName("ix_promises_due");
        builder.HasIndex(p => new { p.NextOn, p.Id }).HasFilter("next_on IS NOT NULL").HasDatabaseName("ix_promises_next");
        builder.HasIndex(p => p.PersonHash).HasFilter("outcome = 'Broken'").HasDatabaseName("ix_promises_broken");
        builder.HasOne<Case>().WithMany().HasForeignKey(p => p.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class PromiseSets
{
    extension(PortalDbContext db)
    {
        public DbSet<MaterialPromise> MaterialPromises => db.Set<MaterialPromise>();
    }
}
