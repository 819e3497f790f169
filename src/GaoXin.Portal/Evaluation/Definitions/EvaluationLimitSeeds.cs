using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation.Definitions;

/// <summary><c>evaluation/limits.yaml</c>: what is loaded under a version never changes, a change needs the next one.</summary>
internal sealed class EvaluationLimitSeeds(TimeProvider clock) : ISeedKind
{
    public string Name => "evaluation-limits";

    public string Pattern => "evaluation/limits.yaml";

    public void Check(SeedSet seeds, SeedFaults faults)
    {
        foreach (var root in seeds.Of(Name).Select(f => f.Root))
        {
            if (root.NumberOf("long_fix_days") <= root.NumberOf("fix_days"))
                faults.Add(root["long_fix_days"]!, "With a reason there would be no more time than without", "give it more days than fix_days");
            foreach (var twice in root.ListOf("reasons").GroupBy(r => r.TextOf("code")).Where(g => g.Count() > 1))
                faults.Add(twice.Last()["code"]!, $"The reason \"{twice.Key}\" is written twice", "give each reason a code of its own");
        }
    }

    public async Task<int> Store(SeedSet seeds, PortalDbContext db, SeedFaults faults, CancellationToken ct)
    {
        var changed = 0;
        foreach (var file in seeds.Of(Name))
        {
            var version = file.Root.NumberOf("version") ?? 0;
            var stored = await db.Set<EvaluationRulebook>().AsNoTracking().SingleOrDefaultAsync(v => v.Version == version, ct);
            if (stored?.Hash == file.Hash)
                continue;
            if (stored is not null)
            {
                faults.Add(file.Root["version"]!, $"Version {version} was loaded with other content", "give the changed file the next version");
                continue;
            }

            db.Add(new EvaluationRulebook
            {
                Version = version,
                Hash = file.Hash,
                Content = file.Root.ToJson(),
                EffectiveFrom = file.Root.DayOf("effective_from") ?? default,
                LoadedAt = clock.GetUtcNow(),
            });
            changed++;
        }

        return changed;
    }
}
