using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Bundles;

/// <summary>What must hold in a bundle beyond its schema; the composed form is checked like every form after this.</summary>
internal sealed class BundleLint(SeedSet seeds, SeedFaults faults)
{
    private readonly DefinedDictionary _dictionary = seeds.Once(DefinedDictionary.Of);

    public void Check(SeedNode bundle)
    {
        var members = bundle.ListOf("members");
        foreach (var twice in members.GroupBy(m => m.TextOf("code")).Where(g => g.Count() > 1))
            faults.Add(twice.Last()["code"]!, $"The member \"{twice.Key}\" is there twice", "give each member a code of its own");
        var services = BundleSeeds.MembersOf(seeds, bundle);
        foreach (var member in members)
            CheckMember(bundle, member, services);
        if (seeds.Of(ServiceSeeds.KindName).FirstOrDefault(f => f.Root.TextOf("code") == bundle.TextOf("code")) is { } service)
            faults.Add(bundle["code"]!, $"The code is that of the service in {service.Path}", "give the bundle a code of its own");
        if (Circle(members) is { } circle)
            faults.Add(circle["after"]!, $"\"{circle.TextOf("code")}\" waits for itself", "take one of the predecessors away");
        CheckUses(members, services);
        CheckShared(bundle, members, services);
    }

    private void CheckMember(SeedNode bundle, SeedNode member, IReadOnlyDictionary<string, SeedNode> services)
    {
        var members = bundle.ListOf("members");
        var codes = members.Select(m => m.TextOf("code") ?? "").ToList();
        foreach (var unknown in member.ListOf("after").Where(a => !codes.Contains(a.Text ?? "")))
            faults.Add(unknown, $"There is no member \"{unknown.Text}\"", Nearest.Fix(unknown.Text ?? "", codes));
        if (member.TextOf("need") == "required" != member["when"] is null)
            faults.Add(member["code"]!, "A required member has no when:, every other one has", "say need: situation and when:, or need: required");
        if (!services.TryGetValue(member.TextOf("code") ?? "", out var service))
        {
            faults.Add(member["service"]!, $"There is no version {member.NumberOf("version")} of \"{member.TextOf("service")}\"",
                Nearest.Fix(member.TextOf("service") ?? "", seeds.Of(ServiceSeeds.KindName).Select(f => f.Root.TextOf("code") ?? "").Distinct()));
            return;
        }

        if (service.ListOf("pages").Count == 0)
            faults.Add(member["service"]!, $"\"{member.TextOf("service")}\" can not be filed online", "name a version with pages");
        CheckFill(bundle, member, service, services);
        CheckPreReview(member, service);
    }

    /// <summary>What is looked at before its predecessors are approved can not rest on their results, and no party outside waits for them.</summary>
    private void CheckPreReview(SeedNode member, SeedNode service)
    {
        if (!member.FlagOf("prereview"))
            return;
        if (member.ListOf("after").Count == 0)
            faults.Add(member["prereview"]!, "Nothing comes before this member", "name the predecessors in after:, or leave prereview: out");
        if (service["party"] is not null)
            faults.Add(member["prereview"]!, "A party outside decides at once and waits for nobody", "leave prereview: out");
        foreach (var (_, node) in (member["fill"]?.Entries ?? []).Where(f => FillSource.Of(f.Value).Member is not null))
            faults.Add(node, "The result is not there yet when the member is looked at beforehand", "leave prereview: out, or take the value from somewhere else");
    }

    private void CheckFill(SeedNode bundle, SeedNode member, SeedNode service, IReadOnlyDictionary<string, SeedNode> services)
    {
        var own = Keys(service).ToHashSet();
        var asked = services.Values.SelectMany(Keys).Concat(bundle.ListOf("questions").Select(q => q.TextOf("key") ?? "")).ToHashSet();
        var before = Predecessors(bundle.ListOf("members"), member);
        foreach (var (key, node) in member["fill"]?.Entries ?? [])
        {
            if (!own.Contains(key))
                faults.Add(node, $"The form of \"{service.TextOf("code")}\" does not ask \"{key}\"", Nearest.Fix(key, own));
            var source = FillSource.Of(node);
            if (source.Member is { } from && !before.Contains(from))
                faults.Add(node, $"\"{from}\" is no predecessor, so its result is not there yet", "name it in after:, or take the value from somewhere else");
            if (source.Member is not null && source.Part is not ("number" or "holder"))
                faults.Add(node, $"A result has no part \"{source.Part}\"", "use number or holder");
            if (source.Key is { } asks && !asked.Contains(asks))
                faults.Add(node, $"No form asks \"{asks}\"", Nearest.Fix(asks, asked));
        }
    }

    /// <summary>A key means one thing in all members: typed or computed, and a group has the same columns.</summary>
    private void CheckUses(IReadOnlyList<SeedNode> members, IReadOnlyDictionary<string, SeedNode> services)
    {
        var first = new Dictionary<string, SeedNode>();
        foreach (var member in members.Where(m => services.ContainsKey(m.TextOf("code") ?? "")))
        {
            foreach (var field in Fields(services[member.TextOf("code")!]).Where(f => member["fill"]?[f.TextOf("key") ?? ""] is null))
            {
                var key = field.TextOf("key") ?? "";
                if (first.TryAdd(key, field))
                    continue;
                if (field["computed"]?.ToJson() != first[key]["computed"]?.ToJson())
                    faults.Add(field["key"]!, $"\"{key}\" is computed in one member and not in the same way in another", "fill: it in one of them, or use another key");
                if (_dictionary.Elements.GetValueOrDefault(key)?.Type == FieldType.Group && field["columns"]!.ToJson() != first[key]["columns"]!.ToJson())
                    faults.Add(field["key"]!, $"The group \"{key}\" has other columns in another member", "give both the same columns");
            }
        }
    }

    private void CheckShared(SeedNode bundle, IReadOnlyList<SeedNode> members, IReadOnlyDictionary<string, SeedNode> services)
    {
        var known = members.Where(m => services.ContainsKey(m.TextOf("code") ?? ""))
            .SelectMany(m => services[m.TextOf("code")!].ListOf("materials").Select(x => $"{m.TextOf("code")}/{x.TextOf("code")}")).ToList();
        foreach (var node in bundle.ListOf("shared_materials").SelectMany(s => s.ListOf("of")).Where(n => !known.Contains(n.Text ?? "")))
            faults.Add(node, $"There is no material \"{node.Text}\"", Nearest.Fix(node.Text ?? "", known));
    }

    private static SeedNode? Circle(IReadOnlyList<SeedNode> members) => members.FirstOrDefault(m => Predecessors(members, m).Contains(m.TextOf("code") ?? ""));

    private static HashSet<string> Predecessors(IReadOnlyList<SeedNode> members, SeedNode member)
    {
        var found = new HashSet<string>();
        var open = new Queue<string>(member.TextsOf("after"));
        while (open.TryDequeue(out var code))
        {
            if (!found.Add(code))
                continue;
            foreach (var next in members.Where(m => m.TextOf("code") == code).SelectMany(m => m.TextsOf("after")))
                open.Enqueue(next);
        }

        return found;
    }

    private static IEnumerable<SeedNode> Fields(SeedNode service) => service.ListOf("pages").SelectMany(p => p.ListOf("fields"));

    private static IEnumerable<string> Keys(SeedNode service) => Fields(service).Select(f => f.TextOf("key") ?? "");
}
