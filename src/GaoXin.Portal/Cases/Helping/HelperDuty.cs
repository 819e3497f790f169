using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>帮办员 as applicants see one: name and telephone at work, what the person knows, whether new cases come.</summary>
internal sealed class HelperDuty
{
    public const int MostCases = 200;

    public required Guid StaffId { get; init; }

    public required string Name { get; set; }

    /// <summary>The telephone at work: public, told to everybody who is helped.</summary>
    public required string Phone { get; set; }

    /// <summary>Codes of the services the person helps with; empty for all.</summary>
    public required string[] Skills { get; set; }

    /// <summary>How many open cases the person can follow. Beyond it others come first; when all are full the least loaded goes on.</summary>
    public required int Capacity { get; set; }

    public required bool OnDuty { get; set; }

    public bool Knows(string serviceCode) => Skills.Length == 0 || Skills.Contains(serviceCode);
}

/// <summary>Why somebody helps with a case.</summary>
public enum HelpReason
{
    /// <summary>The applicant asked.</summary>
    Asked,

    /// <summary>A bundle (一件事) was filed: one helper a bundle (一人帮办).</summary>
    Filed,

    /// <summary>Somebody handed it over, or is not on duty any more.</summary>
    HandedOver,
}

/// <summary>帮办: who helps with a case, from when to when. At most one is open a case; ended with the case by a trigger.</summary>
internal sealed class CaseHelp
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required Guid HelperId { get; init; }

    public required HelpReason Reason { get; init; }

    public required DateTimeOffset AssignedAt { get; init; }

    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset now) => EndedAt ??= now;
}

/// <summary>One who may be chosen.</summary>
/// <param name="Duty">The person.</param>
/// <param name="Open">Cases in the person's hands.</param>
/// <param name="LastAt">When the last one came; null when none ever did.</param>
internal sealed record HelperLoad(HelperDuty Duty, int Open, DateTimeOffset? LastAt)
{
    public bool Full => Open >= Duty.Capacity;
}

/// <summary>
/// Who helps: on duty, knows the service, least loaded for what the person can follow; who waited longest where two are equal. Those
/// with free hands before those without. Pure.
/// </summary>
internal static class HelperChoice
{
    public static HelperDuty? Of(IEnumerable<HelperLoad> loads, string serviceCode, Guid? notThis = null) =>
        loads.Where(l => l.Duty.OnDuty && l.Duty.StaffId != notThis && l.Duty.Knows(serviceCode))
            .OrderBy(l => l.Full).ThenBy(l => (decimal)l.Open / l.Duty.Capacity).ThenBy(l => l.LastAt ?? DateTimeOffset.MinValue).ThenBy(l => l.Duty.StaffId)
            .FirstOrDefault()?.Duty;
}

internal static class HelpSets
{
    extension(PortalDbContext db)
    {
        public DbSet<HelperDuty> HelperDuties => db.Set<HelperDuty>();

        public DbSet<CaseHelp> CaseHelps => db.Set<CaseHelp>();
    }
}

internal sealed class HelperDutyConfiguration : IEntityTypeConfiguration<HelperDuty>
{
    public void Configure(EntityTypeBuilder<HelperDuty> builder)
    {
        builder.ToTable("helper_duties", "cases", t => t.HasCheckConstraint("ck_helper_duties_capacity", $"capacity BETWEEN 1 AND {HelperDuty.MostCases}"));
        builder.HasKey(d => d.StaffId);
        builder.Property(d => d.StaffId).ValueGeneratedNever();
        builder.Property(d => d.Name).HasMaxLength(50);
        builder.Property(d => d.Phone).HasMaxLength(20);
    }
}

internal sealed class CaseHelpConfiguration : IEntityTypeConfiguration<CaseHelp>
{
    public void Configure(EntityTypeBuilder<CaseHelp> builder)
    {
        builder.ToTable("case_helps", "cases");
        builder.HasIndex(h => h.CaseId).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName("ux_case_helps_open");
        builder.HasIndex(h => new { h.HelperId, h.Id }).HasFilter("ended_at IS NULL").HasDatabaseName("ix_case_helps_helper");
        builder.HasIndex(h => new { h.HelperId, h.AssignedAt }).HasDatabaseName("ix_case_helps_last");
        builder.HasOne<Case>().WithMany().HasForeignKey(h => h.CaseId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HelperDuty>().WithMany().HasForeignKey(h => h.HelperId).OnDelete(DeleteBehavior.Restrict);
    }
}
