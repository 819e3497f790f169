using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases;

/// <summary>A decision on a case, or its revocation: who, when, why, which rules were looked at by hand. Never changed.</summary>
internal sealed class CaseDecision
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required CaseAction Action { get; init; }

    public required Guid DecidedBy { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The opinion; of a refusal, the reason the applicant reads.</summary>
    public byte[]? ProtectedOpinion { get; init; }

    public string[] CheckedRules { get; init; } = [];
}

internal sealed class CaseDecisionConfiguration : IEntityTypeConfiguration<CaseDecision>
{
    public void Configure(EntityTypeBuilder<CaseDecision> builder)
    {
        builder.ToTable("decisions", "cases");
        builder.HasIndex(d => new { d.CaseId, d.At });
        builder.HasOne<Case>().WithMany().HasForeignKey(d => d.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}
