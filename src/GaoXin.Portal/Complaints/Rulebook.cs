using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Complaints;

/// <summary>One loaded version of the limits, the topics or the routing rules. It never changes.</summary>
internal sealed class RulebookVersion
{
    public required string Kind { get; init; }

    public required int Version { get; init; }

    public required string Hash { get; init; }

    public required string Content { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    public required DateTimeOffset LoadedAt { get; init; }
}

/// <summary>The limits of all clocks (办理时限), version <paramref name="Version"/>.</summary>
internal sealed record ComplaintLimits(int Version)
{
    public required IReadOnlyList<WorkingSpan> Hours { get; init; }

    public required IReadOnlyDictionary<string, TimeLimit> Dispatch { get; init; }

    public required TimeLimit Sign { get; init; }

    public required TimeLimit ReturnRuling { get; init; }

    public required TimeLimit Contact { get; init; }

    public required TimeLimit Review { get; init; }

    public required TimeLimit CallBack { get; init; }

    public required IReadOnlyDictionary<string, TimeLimit> Handling { get; init; }

    public required TimeLimit Complex { get; init; }

    public required IReadOnlyDictionary<string, TimeLimit> Redo { get; init; }

    public required int ReturnDays { get; init; }

    public required int CitizenWaitDays { get; init; }

    public required int ExtensionDays { get; init; }

    public required int ExternalMarginDays { get; init; }

    public required int ReopenDays { get; init; }

    public required int RedoRounds { get; init; }

    public required int FailedCalls { get; init; }

    public required int FailedHalfDays { get; init; }

    public TimeLimit DispatchOf(ComplaintUrgency urgency) => Dispatch[urgency.Code()];

    public TimeLimit HandlingOf(ComplaintKind kind, bool complex) => complex ? Complex : Handling[kind.Code()];

    public TimeLimit RedoOf(ComplaintKind kind) => Redo.GetValueOrDefault(kind.Code()) ?? Redo["other"];

    public static ComplaintLimits Read(SeedNode root) => new(root.NumberOf("version") ?? 0)
    {
        Hours = [.. root.ListOf("hours").Select(h => new WorkingSpan(TimeOnly.Parse(h.TextOf("from")!, System.Globalization.CultureInfo.InvariantCulture),
            TimeOnly.Parse(h.TextOf("to")!, System.Globalization.CultureInfo.InvariantCulture)))],
        Dispatch = Limits(root["dispatch"]!),
        Sign = Limit(root["sign"]!),
        ReturnRuling = Limit(root["return_ruling"]!),
        Contact = Limit(root["contact"]!),
        Review = Limit(root["review"]!),
        CallBack = Limit(root["call_back"]!),
        Handling = Limits(root["handling"]!),
        Complex = Limit(root["complex"]!),
        Redo = Limits(root["redo"]!),
        ReturnDays = root.NumberOf("return_days") ?? 1,
        CitizenWaitDays = root.NumberOf("citizen_wait_days") ?? 5,
        ExtensionDays = root.NumberOf("extension_days") ?? 10,
        ExternalMarginDays = root.NumberOf("external_margin_days") ?? 2,
        ReopenDays = root.NumberOf("reopen_days") ?? 15,
        RedoRounds = root.NumberOf("redo_rounds") ?? 2,
        FailedCalls = root.NumberOf("failed_calls") ?? 3,
        FailedHalfDays = root.NumberOf("failed_half_days") ?? 2,
    };

    private static TimeLimit Limit(SeedNode node) => new(node.NumberOf("hours") ?? 0, node.NumberOf("days") ?? 0);

    private static Dictionary<string, TimeLimit> Limits(SeedNode node) => node.Entries.ToDictionary(e => e.Key, e => Limit(e.Value));
}

/// <summary>A topic with the unit that answers for it (派单目录).</summary>
internal sealed record Topic(string Code, string Title, string? Parent, string? Unit, IReadOnlyList<string> CoUnits, ComplaintUrgency Urgency, IReadOnlyList<string> Words);

/// <summary>A routing rule: the first that fits decides.</summary>
internal sealed record RoutingRule(
    string Id, string Why, IReadOnlyList<string> Kinds, IReadOnlyList<string> Channels, IReadOnlyList<string> Topics, IReadOnlyList<string> Words, string Unit, IReadOnlyList<string> CoUnits, bool Automatic);

/// <summary>Words that sound like an emergency, and whom to call.</summary>
internal sealed record Emergency(string Call, string Say, IReadOnlyList<string> Words);

/// <summary>All books of a day.</summary>
internal sealed record RulebooksOfDay(
    ComplaintLimits Limits, IReadOnlyList<Topic> Topics, int RoutingVersion, IReadOnlyList<RoutingRule> Rules, IReadOnlyList<Emergency> Emergencies, IReadOnlyList<string> EmptyPhrases);

/// <summary>What the rules in force say, cached. Limits, topics and routing have versions of their own.</summary>
internal sealed class Rulebooks(PortalDbContext db, SeedCache<RulebooksOfDay> cache, IMediator mediator)
{
    public async Task<ComplaintTime> Time(CancellationToken ct) => new(await mediator.Send(new GetWorkingCalendar(), ct), await Limits(ct));

    public async Task<ComplaintLimits> Limits(CancellationToken ct) => (await Current(ct)).Limits;

    public async Task<IReadOnlyList<Topic>> Topics(CancellationToken ct) => (await Current(ct)).Topics;

    public async Task<Routing> Routing(CancellationToken ct)
    {
        var current = await Current(ct);
        return new Routing(current.RoutingVersion, current.Rules, current.Topics);
    }

    /// <summary>What to say when a text sounds like an emergency; empty when it does not.</summary>
    public async Task<IReadOnlyList<string>> Emergencies(string text, CancellationToken ct) =>
        [.. (await Current(ct)).Emergencies.Where(e => e.Words.Any(w => text.Contains(w, StringComparison.Ordinal))).Select(e => e.Say)];

    /// <summary>空话.</summary>
    public async Task<IReadOnlyList<string>> EmptyPhrases(CancellationToken ct) => (await Current(ct)).EmptyPhrases;

    private Task<RulebooksOfDay> Current(CancellationToken ct) => cache.Current(today => Load(today, ct));

    private async Task<RulebooksOfDay> Load(DateOnly today, CancellationToken ct)
    {
        var rows = await db.Set<RulebookVersion>().AsNoTracking().Where(v => v.EffectiveFrom <= today).OrderByDescending(v => v.Version).ToListAsync(ct);
        SeedNode Newest(string kind) => SeedNode.FromJson((rows.FirstOrDefault(r => r.Kind == kind)
            ?? throw new InvalidOperationException($"No {kind} are loaded: run the seeds.")).Content);
        var routing = Newest(Definitions.RoutingSeeds.KindName);
        return new RulebooksOfDay(ComplaintLimits.Read(Newest(Definitions.LimitSeeds.KindName)), Definitions.TopicSeeds.Read(Newest(Definitions.TopicSeeds.KindName)),
            routing.NumberOf("version") ?? 0, Definitions.RoutingSeeds.Read(routing), Definitions.RoutingSeeds.ReadEmergencies(routing),
            routing.TextsOf("empty_phrases"));
    }
}

internal sealed class RulebookVersionConfiguration : IEntityTypeConfiguration<RulebookVersion>
{
    public void Configure(EntityTypeBuilder<RulebookVersion> builder)
    {
        builder.ToTable("rulebooks", "complaints");
        builder.HasKey(r => new { r.Kind, r.Version });
        builder.Property(r => r.Kind).HasMaxLength(40);
        builder.Property(r => r.Hash).HasMaxLength(64);
        builder.Property(r => r.Content).HasColumnType("jsonb");
    }
}
