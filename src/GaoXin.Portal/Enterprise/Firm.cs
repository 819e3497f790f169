using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Enterprise;

/// <summary>How an enterprise was visited.</summary>
public enum VisitManner
{
    /// <summary>上门.</summary>
    [Chinese("上门走访")]
    OnSite,

    /// <summary>座谈.</summary>
    [Chinese("座谈")]
    Meeting,

    /// <summary>电话.</summary>
    [Chinese("电话")]
    Phone,
}

/// <summary>What became of a problem beyond the single case (转化). The last one is no conversion.</summary>
public enum ConversionWay
{
    /// <summary>立行立改.</summary>
    [Chinese("立行立改")]
    AtOnce,

    /// <summary>限期解决.</summary>
    [Chinese("限期解决")]
    ByDate,

    /// <summary>建立机制.</summary>
    [Chinese("建立机制")]
    Mechanism,

    /// <summary>转为政策.</summary>
    [Chinese("转为政策")]
    Policy,

    /// <summary>报请上级.</summary>
    [Chinese("报请上级")]
    Upward,

    /// <summary>暂不具备条件.</summary>
    [Chinese("暂不具备条件")]
    NotPossible,
}

/// <summary>Where a problem stands, as its order tells.</summary>
public enum ProblemStage
{
    /// <summary>已收到.</summary>
    [Chinese("已收到")]
    Raised,

    /// <summary>办理中.</summary>
    [Chinese("办理中")]
    InHand,

    /// <summary>已答复.</summary>
    [Chinese("已答复，等回访")]
    Replied,

    /// <summary>已解决, as the enterprise says.</summary>
    [Chinese("已解决")]
    Solved,

    /// <summary>没解决, as the enterprise says.</summary>
    [Chinese("回访说没解决")]
    Unsolved,

    /// <summary>不予受理 or 撤回: counts in no rate.</summary>
    [Chinese("没有受理或已撤回")]
    Dropped,
}

/// <summary>An enterprise that is visited, with its 首席服务官: one person, with a telephone.</summary>
internal sealed class Firm
{
    public const string PhonePurpose = "enterprise.officer-phone";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string CreditCode { get; init; }

    public required string Name { get; init; }

    /// <summary>白名单.</summary>
    public bool WhiteListed { get; init; }

    public required DateTimeOffset ListedAt { get; init; }

    public Guid? OfficerId { get; private set; }

    public string? OfficerName { get; private set; }

    public byte[]? ProtectedOfficerPhone { get; private set; }

    public DateTimeOffset? OfficerSince { get; private set; }

    /// <summary>One person at a time, so that nobody is everybody's.</summary>
    public void Take(Guid officerId, string name, byte[] phone, DateTimeOffset now)
    {
        if (OfficerId is { } other && other != officerId)
            throw new RefusedException(EnterpriseRefusals.TakenAlready(OfficerName!));
        (OfficerId, OfficerName, ProtectedOfficerPhone, OfficerSince) = (officerId, name, phone, OfficerSince ?? now);
    }

    public void Release() => (OfficerId, OfficerName, ProtectedOfficerPhone, OfficerSince) = (null, null, null, null);
}

/// <summary>走访.</summary>
internal sealed class FirmVisit
{
    public const string NotePurpose = "enterprise.visit-note";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid FirmId { get; init; }

    public required DateOnly On { get; init; }

    public required VisitManner Manner { get; init; }

    public required byte[] ProtectedNote { get; init; }

    public required Guid OfficerId { get; init; }

    public required string OfficerName { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>A problem of an enterprise: its order is a complaint of the same id. What it tells of the order it learns from events.</summary>
internal sealed class FirmProblem
{
    public required Guid Id { get; init; }

    public required Guid FirmId { get; init; }

    public Guid? VisitId { get; init; }

    public required string Number { get; init; }

    public required string Category { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public required DateOnly DueOn { get; set; }

    public ProblemStage Stage { get; private set; } = ProblemStage.Raised;

    public DateTimeOffset? RepliedAt { get; private set; }

    public DateTimeOffset? CalledBackAt { get; private set; }

    public ConversionWay? Conversion { get; private set; }

    public string? ConversionNote { get; private set; }

    public DateTimeOffset? ConvertedAt { get; private set; }

    public void Accepted(DateOnly promised)
    {
        if (Stage is ProblemStage.Raised or ProblemStage.InHand)
            (Stage, DueOn) = (ProblemStage.InHand, promised);
    }

    public void Replied(DateTimeOffset at)
    {
        if (RepliedAt is null || at > RepliedAt)
            (Stage, RepliedAt) = (ProblemStage.Replied, at);
    }

    public void CalledBack(bool solved, DateTimeOffset at)
    {
        if (CalledBackAt is null || at > CalledBackAt)
            (Stage, CalledBackAt) = (solved ? ProblemStage.Solved : ProblemStage.Unsolved, at);
    }

    public void Dropped() => Stage = ProblemStage.Dropped;

    /// <summary>转化: may be said anew while the way is found.</summary>
    public void Convert(ConversionWay way, string? note, DateTimeOffset now)
    {
        if (Stage == ProblemStage.Dropped)
            throw new RefusedException(EnterpriseRefusals.Dropped());
        (Conversion, ConversionNote, ConvertedAt) = (way, note, now);
    }
}

internal static class FirmSets
{
    extension(PortalDbContext db)
    {
        public DbSet<Firm> Firms => db.Set<Firm>();

        public DbSet<FirmVisit> FirmVisits => db.Set<FirmVisit>();

        public DbSet<FirmProblem> FirmProblems => db.Set<FirmProblem>();
    }
}

internal sealed class FirmConfiguration : IEntityTypeConfiguration<Firm>
{
    public void Configure(EntityTypeBuilder<Firm> builder)
    {
        builder.ToTable("firms", "enterprise", t => t.HasCheckConstraint("ck_firms_officer",
            "(officer_id IS NULL) = (officer_name IS NULL) AND (officer_id IS NULL) = (protected_officer_phone IS NULL)"));
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.CreditCode).HasMaxLength(18);
        builder.Property(f => f.Name).HasMaxLength(200);
        builder.Property(f => f.OfficerName).HasMaxLength(50);
        builder.HasIndex(f => f.CreditCode).IsUnique().HasDatabaseName("ux_firms_credit_code");
        builder.HasIndex(f => new { f.OfficerId, f.Id }).HasDatabaseName("ix_firms_officer");
    }
}

internal sealed class FirmVisitConfiguration : IEntityTypeConfiguration<FirmVisit>
{
    public void Configure(EntityTypeBuilder<FirmVisit> builder)
    {
        builder.ToTable("visits", "enterprise");
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.Property(v => v.OfficerName).HasMaxLength(50);
        builder.HasOne<Firm>().WithMany().HasForeignKey(v => v.FirmId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(v => new { v.FirmId, v.Id }).HasDatabaseName("ix_visits_firm");
        builder.HasIndex(v => v.On).HasDatabaseName("ix_visits_on");
    }
}

internal sealed class FirmProblemConfiguration : IEntityTypeConfiguration<FirmProblem>
{
    public void Configure(EntityTypeBuilder<FirmProblem> builder)
    {
        builder.ToTable("problems", "enterprise", t => t.HasCheckConstraint("ck_problems_conversion", "(conversion IS NULL) = (converted_at IS NULL)"));
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Number).HasMaxLength(20);
        builder.Property(p => p.Category).HasMaxLength(60);
        builder.Property(p => p.ConversionNote).HasMaxLength(300);
        builder.HasOne<Firm>().WithMany().HasForeignKey(p => p.FirmId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<FirmVisit>().WithMany().HasForeignKey(p => p.VisitId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(p => new { p.FirmId, p.Id }).HasDatabaseName("ix_problems_firm");
        builder.HasIndex(p => new { p.RaisedAt, p.Id }).HasDatabaseName("ix_problems_raised");
    }
}
