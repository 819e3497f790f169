using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary><c>services/&lt;code&gt;/&lt;version&gt;.yaml</c>.</summary>
internal sealed class ServiceSeeds(IEnumerable<IKnownFacts> facts, TimeProvider clock) : ISeedKind
{
    public const string KindName = "service";

    public string Name => KindName;

    public string Pattern => "services/*/*.yaml";

    public void Check(SeedSet seeds, SeedFaults faults)
    {
        VersionCheck.Run(seeds.Of(Name), "code", faults);
        var lint = new ServiceLint(seeds, [.. facts], faults);
        foreach (var file in seeds.Of(Name))
            lint.Check(file);
        RepetitionLint.Check(seeds.Of(Name), faults);
    }

    public async Task<int> Store(SeedSet seeds, PortalDbContext db, SeedFaults faults, CancellationToken ct)
    {
        var dictionary = seeds.Once(DefinedDictionary.Of);
        var stored = await db.ServiceVersions.ToDictionaryAsync(v => (v.Code, v.Version), v => v.Hash, ct);
        var changed = 0;
        foreach (var file in seeds.Of(Name))
        {
            var content = Standalone(file.Root, dictionary).ToJson();
            var service = ServiceReader.FromStored(content, SeedNode.HashOf(content));
            if (!VersionCheck.IsNew(stored, (service.Code, service.Version), service.Hash, file.Root, faults))
                continue;
            db.Add(ServiceVersion.Of(service, content, clock.GetUtcNow()));
            changed++;
        }

        return changed;
    }

    /// <summary>The file together with the elements it uses: a stored version does not depend on the dictionary of the day.</summary>
    public static SeedNode Standalone(SeedNode root, DefinedDictionary dictionary)
    {
        var keys = root.ListOf("pages").SelectMany(p => p.ListOf("fields")).SelectMany(f => f.ListOf("columns").Prepend(f))
            .Select(f => f.TextOf("key") ?? "").Distinct().Order(StringComparer.Ordinal);
        var map = root.Entries.ToDictionary(e => e.Key, e => e.Value);
        map[ServiceReader.Elements] = new SeedNode(root.File, root.Line, keys.Select(k => dictionary.Nodes[k]).ToList());
        return new SeedNode(root.File, root.Line, map);
    }
}

/// <summary>A key that repeats in one service and not in another could not be asked once in a bundle.</summary>
internal static class RepetitionLint
{
    public static void Check(IReadOnlyList<SeedFile> files, SeedFaults faults)
    {
        var first = new Dictionary<string, (string? Group, SeedNode Key)>();
        foreach (var (key, group) in files.SelectMany(f => f.Root.ListOf("pages")).SelectMany(p => p.ListOf("fields")).SelectMany(Uses))
        {
            if (!first.TryAdd(key.Text!, (group, key)) && first[key.Text!].Group != group)
            {
                var other = first[key.Text!];
                faults.Add(key, $"\"{key.Text}\" is {Where(group)} here and {Where(other.Group)} in {other.Key.File}:{other.Key.Line}",
                    "use the key in one way everywhere, or define another element");
            }
        }
    }

    private static string Where(string? group) => group is null ? "a single field" : $"a column of {group}";

    private static IEnumerable<(SeedNode Key, string? Group)> Uses(SeedNode field) =>
        field.ListOf("columns").Select(c => (c["key"]!, field.TextOf("key"))).Prepend((field["key"]!, null));
}
