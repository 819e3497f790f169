using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Definitions;

/// <summary>A file with versions: what is loaded under a version never changes, a change needs the next one.</summary>
internal abstract class RulebookSeeds(TimeProvider clock) : ISeedKind
{
    public abstract string Name { get; }

    public abstract string Pattern { get; }

    public abstract void Check(SeedSet seeds, SeedFaults faults);

    public async Task<int> Store(SeedSet seeds, PortalDbContext db, SeedFaults faults, CancellationToken ct)
    {
        var changed = 0;
        foreach (var root in seeds.Of(Name))
        {
            var version = root.Root.NumberOf("version") ?? 0;
            var stored = await db.Set<RulebookVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Kind == Name && v.Version == version, ct);
            if (stored?.Hash == root.Hash)
                continue;
            if (stored is not null)
            {
                faults.Add(root.Root["version"]!, $"Version {version} was loaded with other content", "give the changed file the next version");
                continue;
            }

            db.Add(new RulebookVersion
            {
                Kind = Name,
                Version = version,
                Hash = root.Hash,
                Content = root.Root.ToJson(),
                EffectiveFrom = root.Root.DayOf("effective_from") ?? default,
                LoadedAt = clock.GetUtcNow(),
            });
            changed++;
        }

        return changed;
    }

    protected static IReadOnlySet<string> Units(SeedSet seeds) =>
        seeds.Of("departments").SelectMany(f => f.Root.ListOf("departments")).Select(n => n.TextOf("code") ?? "").ToHashSet();

    protected static void MustBeUnit(SeedNode? node, IReadOnlySet<string> units, SeedFaults faults)
    {
        if (node is not null && !units.Contains(node.Text ?? ""))
            faults.Add(node, $"There is no department \"{node.Text}\"", Nearest.Fix(node.Text ?? "", units));
    }
}

/// <summary><c>complaints/limits.yaml</c>.</summary>
internal sealed class LimitSeeds(TimeProvider clock) : RulebookSeeds(clock)
{
    public const string KindName = "complaint-limits";

    public override string Name => KindName;

    public override string Pattern => "complaints/limits.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        foreach (var root in seeds.Of(Name).Select(f => f.Root))
        {
            var end = "";
            foreach (var span in root.ListOf("hours"))
            {
                if (string.CompareOrdinal(span.TextOf("from"), span.TextOf("to")) >= 0 || string.CompareOrdinal(end, span.TextOf("from")) > 0)
                    faults.Add(span, "The spans of the day overlap or run backwards", "write them in order, for example 09:00 to 12:00, then 13:30 to 18:00");
                end = span.TextOf("to") ?? "";
            }

            foreach (var name in (string[])["dispatch", "handling", "redo"])
            {
                foreach (var (key, limit) in root[name]!.Entries.Where(e => e.Value["hours"] is null && e.Value["days"] is null))
                    faults.Add(limit, $"The limit of {key} says neither hours nor days", "add hours: or days:");
            }

            if (root["complex"]!.NumberOf("days") < root["handling"]!.Entries.Max(e => e.Value.NumberOf("days") ?? 0))
                faults.Add(root["complex"]!, "A complex complaint would have to be done sooner than an ordinary one", "give it the longest limit");
        }
    }
}

/// <summary><c>complaints/topics.yaml</c>: the topic tree and who answers for each (派单目录).</summary>
internal sealed class TopicSeeds(TimeProvider clock) : RulebookSeeds(clock)
{
    public const string KindName = "complaint-topics";

    public override string Name => KindName;

    public override string Pattern => "complaints/topics.yaml";

    public static IReadOnlyList<Topic> Read(SeedNode root) =>
    [
        .. root.ListOf("topics").Select(t => new Topic(t.TextOf("code") ?? "", t.TextOf("title") ?? "", t.TextOf("parent"), t.TextOf("unit"), t.TextsOf("co_units"),
            Enum.TryParse<ComplaintUrgency>(t.TextOf("urgency"), ignoreCase: true, out var urgency) ? urgency : ComplaintUrgency.Ordinary, t.TextsOf("words"))),
    ];

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        var units = Units(seeds);
        foreach (var root in seeds.Of(Name).Select(f => f.Root))
        {
            var topics = root.ListOf("topics");
            var codes = topics.Select(t => t.TextOf("code") ?? "").ToList();
            foreach (var twice in topics.GroupBy(t => t.TextOf("code")).Where(g => g.Count() > 1))
                faults.Add(twice.Last()["code"]!, $"The code \"{twice.Key}\" is used twice", "give each topic a code of its own");
            foreach (var topic in topics)
            {
                if (topic["parent"] is { } parent && !codes.Contains(parent.Text ?? ""))
                    faults.Add(parent, $"There is no topic {parent.Text}", Nearest.Fix(parent.Text ?? "", codes));
                if (topic["parent"] is not null && topic["unit"] is null)
                    faults.Add(topic, $"Nobody answers for \"{topic.TextOf("title")}\"", "add unit: a code of reference/departments.yaml");
                MustBeUnit(topic["unit"], units, faults);
                foreach (var co in topic.ListOf("co_units"))
                    MustBeUnit(co, units, faults);
            }
        }
    }
}

/// <summary><c>complaints/routing.yaml</c>: ordered rules, the first that fits decides.</summary>
internal sealed class RoutingSeeds(TimeProvider clock) : RulebookSeeds(clock)
{
    public const string KindName = "complaint-routing";

    public override string Name => KindName;

    public override string Pattern => "complaints/routing.yaml";

    public static IReadOnlyList<RoutingRule> Read(SeedNode root) =>
    [
        .. root.ListOf("rules").Select(r => new RoutingRule(r.TextOf("id") ?? "", r.TextOf("why") ?? "", r.TextsOf("kinds"), r.TextsOf("channels"), r.TextsOf("topics"),
            r.TextsOf("words"), r.TextOf("unit") ?? "", r.TextsOf("co_units"), r.FlagOf("automatic"))),
    ];

    public static IReadOnlyList<Emergency> ReadEmergencies(SeedNode root) =>
        [.. root.ListOf("emergencies").Select(e => new Emergency(e.TextOf("call") ?? "", e.TextOf("say") ?? "", e.TextsOf("words")))];

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        var units = Units(seeds).Append(Routing.UnitOfTopic).Append(Routing.UnitOfCase).ToHashSet();
        var topics = seeds.Of(TopicSeeds.KindName).SelectMany(f => f.Root.ListOf("topics")).Select(t => t.TextOf("code") ?? "").ToHashSet();
        foreach (var rules in seeds.Of(Name).Select(f => f.Root.ListOf("rules")))
        {
            foreach (var twice in rules.GroupBy(r => r.TextOf("id")).Where(g => g.Count() > 1))
                faults.Add(twice.Last()["id"]!, $"The rule {twice.Key} is written twice", "give it the next free number");
            foreach (var rule in rules)
            {
                MustBeUnit(rule["unit"], units, faults);
                foreach (var co in rule.ListOf("co_units"))
                    MustBeUnit(co, units, faults);
                foreach (var unknown in rule.ListOf("topics").Where(t => !topics.Contains(t.Text ?? "")))
                    faults.Add(unknown, $"There is no topic \"{unknown.Text}\"", Nearest.Fix(unknown.Text ?? "", topics));
            }

            // A rule without conditions ends the list: what stands behind it can never decide, unless its unit may be unknown.
            var open = rules.Select((r, i) => (r, i)).FirstOrDefault(x => x.r["kinds"] is null && x.r["channels"] is null && x.r["topics"] is null && x.r["words"] is null
                && x.r.TextOf("unit") is not (Routing.UnitOfTopic or Routing.UnitOfCase));
            if (open.r is not null && open.i < rules.Count - 1)
                faults.Add(rules[open.i + 1], $"The rule {rules[open.i + 1].TextOf("id")} is never reached", $"put it before {open.r.TextOf("id")}, which takes everything");
        }
    }
}
