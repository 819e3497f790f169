using GaoXin.Portal.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Evaluation;

/// <summary>The five levels (五级评价). The last two are 差评.</summary>
public enum RatingLevel
{
    /// <summary>非常满意.</summary>
    [Chinese("非常满意")]
    VerySatisfied = 1,

    /// <summary>满意.</summary>
    [Chinese("满意")]
    Satisfied = 2,

    /// <summary>基本满意.</summary>
    [Chinese("基本满意")]
    Fair = 3,

    /// <summary>不满意.</summary>
    [Chinese("不满意")]
    Dissatisfied = 4,

    /// <summary>非常不满意.</summary>
    [Chinese("非常不满意")]
    VeryDissatisfied = 5,
}

/// <summary>Who may know the rater.</summary>
public enum RaterIdentity
{
    /// <summary>实名.</summary>
    [Chinese("实名")]
    Named,

    /// <summary>匿名: the unit sees neither number nor person, and nobody calls.</summary>
    [Chinese("匿名")]
    Anonymous,
}

/// <summary>A rating (评价) of one service event. It is written once: nobody changes or removes it, triggers and grants hold that.</summary>
internal sealed class ServiceRating
{
    public const string CommentPurpose = "evaluation.comment";
    public const string PhonePurpose = "evaluation.phone";

    public required Guid EventId { get; init; }

    public required RatingLevel Level { get; init; }

    public string[] Reasons { get; init; } = [];

    public byte[]? ProtectedComment { get; init; }

    public required RaterIdentity Identity { get; init; }

    /// <summary>Where to call back, for a stranger who left it.</summary>
    public byte[]? ProtectedPhone { get; init; }

    public required InvitationDoor Door { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool IsBad => RatingLevels.IsBad(Level);
}

/// <summary>What the levels mean.</summary>
public static class RatingLevels
{
    /// <summary>差评.</summary>
    public static bool IsBad(RatingLevel level) => level is RatingLevel.Dissatisfied or RatingLevel.VeryDissatisfied;
}

/// <summary>追评: one more text beside a rating. Written once, too.</summary>
internal sealed class FollowUp
{
    public const string TextPurpose = "evaluation.follow-up";

    public required Guid EventId { get; init; }

    public required byte[] ProtectedText { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class ServiceRatingConfiguration : IEntityTypeConfiguration<ServiceRating>
{
    public const string OnceIndex = "pk_evaluations";

    public void Configure(EntityTypeBuilder<ServiceRating> builder)
    {
        builder.ToTable("evaluations", "evaluation", t =>
        {
            t.HasCheckConstraint("ck_evaluations_level", "level BETWEEN 1 AND 5");
            t.HasCheckConstraint("ck_evaluations_anonymous", "identity = 'Named' OR protected_phone IS NULL");
        });
        builder.HasKey(r => r.EventId).HasName(OnceIndex);
        builder.Property(r => r.Level).HasConversion<short>();
        builder.HasIndex(r => r.CreatedAt);
        builder.HasOne<ServiceEvent>().WithOne().HasForeignKey<ServiceRating>(r => r.EventId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class FollowUpConfiguration : IEntityTypeConfiguration<FollowUp>
{
    public void Configure(EntityTypeBuilder<FollowUp> builder)
    {
        builder.ToTable("follow_ups", "evaluation");
        builder.HasKey(f => f.EventId);
        // To the event, not to the rating: a foreign key check locks what it refers to, and nobody may lock a rating for an update.
        builder.HasOne<ServiceEvent>().WithOne().HasForeignKey<FollowUp>(f => f.EventId).OnDelete(DeleteBehavior.Restrict);
    }
}
