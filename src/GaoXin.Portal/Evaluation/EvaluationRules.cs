using System.Globalization;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Evaluation.Definitions;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Evaluation;

/// <summary>One loaded version of the limits. It never changes.</summary>
internal sealed class EvaluationRulebook
{
    public required int Version { get; init; }

    public required string Hash { get; init; }

    public required string Content { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    public required DateTimeOffset LoadedAt { get; init; }
}

/// <summary>A reason that may be ticked, the same for all five levels.</summary>
public sealed record RatingReason(string Code, string Title);

/// <summary>The days and sizes in force (好差评时限).</summary>
internal sealed record EvaluationRules(int Version, TimeOnly Closing, IReadOnlyList<RatingReason> Reasons)
{
    public required int TokenDays { get; init; }

    public required int FollowUpDays { get; init; }

    public required int ClaimDays { get; init; }

    public required int CallDays { get; init; }

    public required int FixDays { get; init; }

    public required int LongFixDays { get; init; }

    public required int ReviewDays { get; init; }

    public required int AppealDays { get; init; }

    public required int RulingDays { get; init; }

    public required int ImprovementRatings { get; init; }

    public required int ImprovementWithinDays { get; init; }

    public required int ImprovementDays { get; init; }

    public required int SmallCount { get; init; }

    public static EvaluationRules Read(SeedNode root)
    {
        int Number(string key) => root.NumberOf(key) ?? throw new InvalidOperationException($"The evaluation limits lack {key}.");
        return new EvaluationRules(Number("version"), TimeOnly.Parse(root.TextOf("closing")!, CultureInfo.InvariantCulture),
            [.. root.ListOf("reasons").Select(r => new RatingReason(r.TextOf("code") ?? "", r.TextOf("title") ?? ""))])
        {
            TokenDays = Number("token_days"),
            FollowUpDays = Number("follow_up_days"),
            ClaimDays = Number("claim_days"),
            CallDays = Number("call_days"),
            FixDays = Number("fix_days"),
            LongFixDays = Number("long_fix_days"),
            ReviewDays = Number("review_days"),
            AppealDays = Number("appeal_days"),
            RulingDays = Number("ruling_days"),
            ImprovementRatings = Number("improvement_ratings"),
            ImprovementWithinDays = Number("improvement_within_days"),
            ImprovementDays = Number("improvement_days"),
            SmallCount = Number("small_count"),
        };
    }
}

/// <summary>The rules with the calendar: what is due when.</summary>
internal sealed record EvaluationTime(WorkingCalendar Calendar, EvaluationRules Rules)
{
    /// <summary>The end of the n-th working day after the day of an instant, which is day 0.</summary>
    public DateTimeOffset EndAfter(DateTimeOffset start, int days) => Calendar.AddWorkingDays(start.Day(), days).At(Rules.Closing);
}

/// <summary>What the rules in force say.</summary>
internal sealed class EvaluationRulebooks(PortalDbContext db, SeedCache<EvaluationRules> cache, IMediator mediator)
{
    public async Task<EvaluationTime> Time(CancellationToken ct) => new(await mediator.Send(new GetWorkingCalendar(), ct), await Rules(ct));

    public Task<EvaluationRules> Rules(CancellationToken ct) => cache.Current(today => Load(today, ct));

    private async Task<EvaluationRules> Load(DateOnly today, CancellationToken ct)
    {
        var content = await db.Set<EvaluationRulebook>().AsNoTracking().Where(v => v.EffectiveFrom <= today).OrderByDescending(v => v.Version).Select(v => v.Content).FirstOrDefaultAsync(ct)
            ?? throw new InvalidOperationException("No evaluation limits are loaded: run the seeds.");
        return EvaluationRules.Read(SeedNode.FromJson(content));
    }
}

internal sealed class EvaluationRulebookConfiguration : IEntityTypeConfiguration<EvaluationRulebook>
{
    public void Configure(EntityTypeBuilder<EvaluationRulebook> builder)
    {
        builder.ToTable("rulebooks", "evaluation");
        builder.HasKey(r => r.Version);
        builder.Property(r => r.Version).ValueGeneratedNever();
        builder.Property(r => r.Hash).HasMaxLength(64);
        builder.Property(r => r.Content).HasColumnType("jsonb");
    }
}
