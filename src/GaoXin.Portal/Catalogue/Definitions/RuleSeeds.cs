using System.Text.RegularExpressions;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary><c>rules/&lt;set&gt;/&lt;version&gt;.yaml</c>.</summary>
internal sealed partial class RuleSeeds(TimeProvider clock) : ISeedKind
{
    public const string KindName = "rules";

    public string Name => KindName;

    public string Pattern => "rules/*/*.yaml";

    public static RuleSet Read(SeedNode root, string hash, SeedFaults faults)
    {
        var expressions = new ExpressionReader(faults);
        return new RuleSet
        {
            Code = root.TextOf("set") ?? "",
            Version = root.NumberOf("version") ?? 0,
            Hash = hash,
            EffectiveFrom = root.DayOf("effective_from") ?? default,
            Rules = [.. root.ListOf("rules").Select(r => new DecisionRule
            {
                Id = r.TextOf("id") ?? "",
                Title = r.TextOf("title") ?? "",
                When = expressions.Optional(r["when"]) ?? new Literal(false),
                Otherwise = Names.Value<RuleOutcome>(r.TextOf("otherwise")),
                Message = r.TextOf("message") ?? "",
                Fix = r.TextOf("fix"),
                Basis = r.TextOf("basis"),
            })],
        };
    }

    public void Check(SeedSet seeds, SeedFaults faults)
    {
        VersionCheck.Run(seeds.Of(Name), "set", faults);
        foreach (var file in seeds.Of(Name))
        {
            foreach (var (rule, node) in Read(file.Root, file.Hash, faults).Rules.Zip(file.Root.ListOf("rules")))
            {
                foreach (var fact in ShownFact().Matches(rule.Message).Select(m => m.Groups[1].Value).Except(rule.When.Reads))
                    faults.Add(node["message"]!, $"The message of {rule.Id} shows {fact}, which the rule does not read", "name a fact that stands in its condition");
            }

            foreach (var twice in file.Root.ListOf("rules").GroupBy(r => r.TextOf("id")).Where(g => g.Count() > 1))
                faults.Add(twice.Last()["id"]!, $"The rule {twice.Key} is written twice", "give it the next free number");
            foreach (var rule in file.Root.ListOf("rules").Where(r => r.TextOf("otherwise") == "fail" && r["fix"] is null))
                faults.Add(rule, $"The rule {rule.TextOf("id")} blocks the applicant without saying what to do", "add fix: one sentence that starts with 请");
        }
    }

    public async Task<int> Store(SeedSet seeds, PortalDbContext db, SeedFaults faults, CancellationToken ct)
    {
        var stored = await db.RuleSetVersions.ToDictionaryAsync(v => (v.Code, v.Version), v => v.Hash, ct);
        var changed = 0;
        foreach (var file in seeds.Of(Name))
        {
            var rules = Read(file.Root, file.Hash, faults);
            if (!VersionCheck.IsNew(stored, (rules.Code, rules.Version), file.Hash, file.Root, faults))
                continue;
            db.Add(new RuleSetVersion
            {
                Code = rules.Code,
                Version = rules.Version,
                Hash = file.Hash,
                Content = file.Root.ToJson(),
                EffectiveFrom = rules.EffectiveFrom,
                LoadedAt = clock.GetUtcNow(),
            });
            changed++;
        }

        return changed;
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex ShownFact();
}

/// <summary>What holds for everything with versions: the place says code and version, and a version never changes.</summary>
internal static class VersionCheck
{
    public static void Run(IReadOnlyList<SeedFile> files, string codeKey, SeedFaults faults)
    {
        foreach (var file in files)
        {
            var parts = file.Path.Split('/');
            var (folder, name) = (parts[^2], Path.GetFileNameWithoutExtension(parts[^1]));
            if (file.Root.TextOf(codeKey) != folder)
                faults.Add(file.Root[codeKey]!, $"The folder says \"{folder}\", the file \"{file.Root.TextOf(codeKey)}\"", $"write {codeKey}: {folder}, or move the file");
            if (file.Root.TextOf("version") != name)
                faults.Add(file.Root["version"]!, $"The file name says version {name}, the file {file.Root.TextOf("version")}", $"write version: {name}, or rename the file");
        }

        foreach (var line in files.GroupBy(f => f.Root.TextOf(codeKey)))
            CheckOrder([.. line.OrderBy(f => f.Root.NumberOf("version"))], faults);
    }

    public static bool IsNew(Dictionary<(string, int), string> stored, (string, int) key, string hash, SeedNode root, SeedFaults faults)
    {
        if (!stored.TryGetValue(key, out var old))
            return true;
        if (old != hash)
        {
            faults.Add(root["version"]!, $"Version {key.Item2} of \"{key.Item1}\" was loaded with another content (or with other data elements)",
                $"leave it as it was and add {key.Item2 + 1}.yaml; on a developer's machine start with a new database");
        }

        return false;
    }

    private static void CheckOrder(List<SeedFile> versions, SeedFaults faults)
    {
        foreach (var (older, newer) in versions.Zip(versions.Skip(1)))
        {
            if (newer.Root.DayOf("effective_from") < older.Root.DayOf("effective_from"))
                faults.Add(newer.Root["effective_from"]!, "A later version is in force earlier than the one before", $"use a day from {older.Root.TextOf("effective_from")} on");
        }
    }
}
