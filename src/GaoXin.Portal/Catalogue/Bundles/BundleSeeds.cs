using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Bundles;

/// <summary><c>bundles/&lt;code&gt;/&lt;version&gt;.yaml</c>: each becomes a version of a service whose form is composed of its members' forms.</summary>
internal sealed class BundleSeeds(IEnumerable<IKnownFacts> facts, TimeProvider clock) : ISeedKind
{
    public const string KindName = "bundle";

    public string Name => KindName;

    public string Pattern => "bundles/*/*.yaml";

    public void Check(SeedSet seeds, SeedFaults faults)
    {
        VersionCheck.Run(seeds.Of(Name), "code", faults);
        var lint = new BundleLint(seeds, faults);
        var form = new ServiceLint(seeds, [.. facts], faults);
        foreach (var file in seeds.Of(Name))
        {
            var before = faults.Count;
            lint.Check(file.Root);
            if (faults.Count == before)
                form.Check(new SeedFile(file.Path, Composed(seeds, file.Root)));
        }
    }

    public async Task<int> Store(SeedSet seeds, PortalDbContext db, SeedFaults faults, CancellationToken ct)
    {
        var dictionary = seeds.Once(DefinedDictionary.Of);
        var stored = await db.ServiceVersions.ToDictionaryAsync(v => (v.Code, v.Version), v => v.Hash, ct);
        var changed = 0;
        foreach (var file in seeds.Of(Name))
        {
            var content = ServiceSeeds.Standalone(Composed(seeds, file.Root), dictionary).ToJson();
            var service = ServiceReader.FromStored(content, SeedNode.HashOf(content));
            if (!VersionCheck.IsNew(stored, (service.Code, service.Version), service.Hash, file.Root, faults))
                continue;
            db.Add(ServiceVersion.Of(service, content, clock.GetUtcNow()));
            changed++;
        }

        return changed;
    }

    public static SeedNode Composed(SeedSet seeds, SeedNode bundle) => new BundleComposer(bundle, MembersOf(seeds, bundle), seeds.Once(DefinedDictionary.Of)).Compose();

    /// <summary>The pinned service of each member, as written.</summary>
    public static IReadOnlyDictionary<string, SeedNode> MembersOf(SeedSet seeds, SeedNode bundle)
    {
        var services = seeds.Of(ServiceSeeds.KindName).ToDictionary(f => (f.Root.TextOf("code"), f.Root.NumberOf("version")), f => f.Root);
        return bundle.ListOf("members").DistinctBy(m => m.TextOf("code"))
            .Select(m => (Code: m.TextOf("code") ?? "", Service: services.GetValueOrDefault((m.TextOf("service"), m.NumberOf("version")))))
            .Where(m => m.Service is not null).ToDictionary(m => m.Code, m => m.Service!);
    }
}

/// <summary>Reads what the composer wrote about a bundle.</summary>
internal static class BundleReader
{
    public static BundleDefinition? Read(SeedNode? node, ExpressionReader expressions) => node is null ? null : new BundleDefinition
    {
        Questions = node.TextsOf("questions"),
        Visits = node.NumberOf("visits") ?? 0,
        FiguresSource = node.TextOf("figures_source") ?? "",
        Members = [.. node.ListOf("members").Select(m => Member(m, expressions))],
    };

    private static BundleMember Member(SeedNode node, ExpressionReader expressions) => new()
    {
        Code = node.TextOf("code") ?? "",
        Service = node.TextOf("service") ?? "",
        Version = node.NumberOf("version") ?? 0,
        Title = node.TextOf("title") ?? "",
        Department = node.TextOf("department") ?? "",
        Handler = node.TextOf("handler") ?? ServiceDefinition.Generic,
        Party = node.TextOf("party"),
        When = expressions.Optional(node["when"]),
        After = node.TextsOf("after"),
        PreReview = node.FlagOf("prereview"),
        PromisedDays = node.NumberOf("promised_days"),
        Join = node["join"] is null ? JoinPolicy.Required : Names.Value<JoinPolicy>(node.TextOf("join")),
        Fill = node["fill"]?.Entries.ToDictionary(e => e.Key, e => FillSource.Of(e.Value)) ?? [],
        Materials = node["materials"]?.Entries.ToDictionary(e => e.Key, e => e.Value.Text ?? "") ?? [],
        Needed = node.TextsOf("needed"),
        Keys = node.TextsOf("keys"),
        Handed = node.NumberOf("handed") ?? 0,
        Days = node.NumberOf("days") ?? 0,
        Before = new SeparateHandling(node["before"]?.NumberOf("visits") ?? 0, node["before"]?.NumberOf("days") ?? 0),
    };
}
