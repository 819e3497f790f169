using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Identity;

/// <summary>
/// An enterprise （企业） that persons act for. The legal representative is whoever verified that ID number: no row to
/// keep in step, and the right arrives the moment the person does 实名.
/// </summary>
internal sealed class Enterprise
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string CreditCode { get; init; }

    public required string Name { get; set; }

    public required byte[] LegalRepresentativeHash { get; set; }

    public bool Active { get; set; } = true;

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An agent （经办人） the legal representative authorised. It works once the agent accepted on his own account.</summary>
internal sealed class EnterpriseAgent
{
    public const string NamePurpose = "identity.agent-name";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid EnterpriseId { get; init; }

    public required byte[] PhoneHash { get; init; }

    public required byte[] IdNumberHash { get; init; }

    /// <summary>The name the legal representative typed, so that he recognises the row.</summary>
    public required byte[] NameSecret { get; init; }

    /// <summary>Codes of the services in scope; null means all.</summary>
    public List<string>? Services { get; init; }

    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day it counts.</summary>
    public required DateOnly ValidTo { get; init; }

    public required Guid GrantedBy { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }

    public Guid? AcceptedBy { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public void Accept(Guid by, DateTimeOffset now) => (AcceptedBy, AcceptedAt) = (by, now);

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}

internal static class EnterpriseQueries
{
    /// <summary>
    /// The enterprises this person may act for on a day, as legal representative or as an agent who accepted; only for
    /// the service when one is named.
    /// </summary>
    public static IQueryable<Enterprise> EnterprisesOf(this PortalDbContext db, Guid accountId, DateOnly today, string? service = null)
    {
        var agents = db.EnterpriseAgents;
        return db.Enterprises.Where(e => e.Active
            && (db.Users.Any(u => u.Id == accountId && u.IdNumberHash == e.LegalRepresentativeHash)
                || agents.Any(a => a.EnterpriseId == e.Id && a.AcceptedBy == accountId && a.RevokedAt == null
                    && a.ValidFrom <= today && today <= a.ValidTo
                    && (service == null || a.Services == null || a.Services.Contains(service)))));
    }

    /// <summary>The enterprise, when this person is its legal representative.</summary>
    public static IQueryable<Enterprise> LedBy(this PortalDbContext db, Guid accountId) =>
        db.Enterprises.Where(e => e.Active && db.Users.Any(u => u.Id == accountId && u.IdNumberHash == e.LegalRepresentativeHash));
}

internal sealed class EnterpriseConfiguration : IEntityTypeConfiguration<Enterprise>
{
    public void Configure(EntityTypeBuilder<Enterprise> builder)
    {
        builder.ToTable("enterprises", "identity");
        builder.Property(e => e.CreditCode).HasMaxLength(18);
        builder.Property(e => e.Name).HasMaxLength(200);
        builder.HasIndex(e => e.CreditCode).IsUnique();
        builder.HasIndex(e => e.LegalRepresentativeHash);
    }
}

internal sealed class EnterpriseAgentConfiguration : IEntityTypeConfiguration<EnterpriseAgent>
{
    public void Configure(EntityTypeBuilder<EnterpriseAgent> builder)
    {
        builder.ToTable("enterprise_agents", "identity", t =>
            t.HasCheckConstraint("ck_enterprise_agents_period", "valid_from <= valid_to"));
        builder.HasOne<Enterprise>().WithMany().HasForeignKey(a => a.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(a => a.AcceptedBy);
        builder.HasIndex(a => a.IdNumberHash);
        builder.HasIndex(a => a.ValidTo);
    }
}
