using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.OneThing;

/// <summary>
/// A filed 一件事 (总件). It keeps only what its cases do not say themselves: since when remarks are being collected, and whose
/// remarks the applicant is answering. How it stands is always derived from the cases.
/// </summary>
internal sealed class Bundle
{
    /// <summary>The case that holds the merged form.</summary>
    public required Guid CaseId { get; init; }

    public required string Code { get; init; }

    public required int Version { get; init; }

    public required Guid ApplicantId { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When the first remark of the coming notice was made.</summary>
    public DateTimeOffset? CollectingSince { get; private set; }

    /// <summary>The member cases whose remarks were told and not answered yet.</summary>
    public Guid[] Asked { get; private set; } = [];

    /// <summary>When time could next change something; the events of its cases come of themselves.</summary>
    public required DateTimeOffset? LookAt { get; set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public void StartCollecting(DateTimeOffset now) => CollectingSince ??= now;

    /// <summary>一次告知: the remarks of these went out as one notice.</summary>
    public void Told(IEnumerable<Guid> members) => (CollectingSince, Asked) = (null, [.. members]);

    public void Answered() => Asked = [];

    public void End(DateTimeOffset now) => (EndedAt, LookAt) = (EndedAt ?? now, null);
}

internal static class BundleSets
{
    extension(PortalDbContext db)
    {
        public DbSet<Bundle> Bundles => db.Set<Bundle>();

        /// <summary>The bundle, locked until the transaction ends, so that two events never advance it at once.</summary>
        public async Task<Bundle?> LockBundle(Guid caseId, CancellationToken ct) =>
            (await db.Bundles.FromSql($"SELECT * FROM one_thing.bundles WHERE case_id = {caseId} FOR UPDATE").ToListAsync(ct)).SingleOrDefault();
    }
}

internal sealed class BundleConfiguration : IEntityTypeConfiguration<Bundle>
{
    public void Configure(EntityTypeBuilder<Bundle> builder)
    {
        builder.ToTable("bundles", "one_thing");
        builder.HasKey(b => b.CaseId);
        builder.Property(b => b.CaseId).ValueGeneratedNever();
        builder.Property(b => b.Code).HasMaxLength(60);
        builder.HasIndex(b => new { b.LookAt, b.CaseId }).HasFilter("ended_at IS NULL").HasDatabaseName("ix_bundles_look");
    }
}
