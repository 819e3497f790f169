using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>
/// A procedure about an entry of the register on its way (变更, 歇业, 注销 …), from the submit until the case ends. There is one at a
/// time for an entity, which a unique index holds, so that what was checked is still true when it is applied.
/// </summary>
internal sealed class RegisterProcedure
{
    public const string Purpose = "registration.procedure";

    public required Guid CaseId { get; init; }

    public required Guid EntityId { get; init; }

    /// <summary>Code of the case handler that applies it.</summary>
    public required string Handler { get; init; }

    public required Guid ApplicantId { get; init; }

    /// <summary>What was submitted, as registration understood it, encrypted.</summary>
    public required byte[] Payload { get; set; }

    public required DateTimeOffset SubmittedAt { get; set; }

    /// <summary>Applied, refused or withdrawn.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class RegisterProcedureConfiguration : IEntityTypeConfiguration<RegisterProcedure>
{
    public const string OpenIndex = "ux_procedures_open";

    public void Configure(EntityTypeBuilder<RegisterProcedure> builder)
    {
        builder.ToTable("procedures", "registration");
        builder.HasKey(p => p.CaseId);
        builder.Property(p => p.Handler).HasMaxLength(60);
        builder.HasIndex(p => p.EntityId).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName(OpenIndex);
        builder.HasOne<MarketEntity>().WithMany().HasForeignKey(p => p.EntityId).OnDelete(DeleteBehavior.Restrict);
    }
}
