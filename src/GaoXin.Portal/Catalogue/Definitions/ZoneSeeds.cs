using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary><c>reference/zones.yaml</c>: every department has one group, every group a window, no number or letter is used twice.</summary>
internal sealed class ZoneSeeds(TimeProvider clock) : ReferenceSeeds(clock)
{
    public const string KindName = "zones";

    public override string Name => KindName;

    public override string Pattern => "reference/zones.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        base.Check(seeds, faults);
        foreach (var file in seeds.Of(Name))
            CheckHall(file.Root, seeds, faults);
    }

    private void CheckHall(SeedNode root, SeedSet seeds, SeedFaults faults)
    {
        var zones = root.ListOf(Name);
        var groups = zones.SelectMany(z => z.ListOf("groups")).ToList();
        var windows = zones.SelectMany(z => z.ListOf("windows")).ToList();
        var departments = Codes(seeds, DepartmentSeeds.KindName);
        Known([root["hall"]!], Codes(seeds, PlaceSeeds.KindName), "place", faults);
        Once(zones.Select(z => z["letter"]!), "letter", faults);
        Once(groups.Select(g => g["code"]!), "group", faults);
        Once(windows.Select(w => w["number"]!), "window", faults);
        Once(groups.SelectMany(g => g.ListOf("departments")), "department", faults);
        Once(groups.SelectMany(g => g.ListOf("services")), "service", faults);
        Known(groups.SelectMany(g => g.ListOf("departments")), departments, "department", faults);
        Known(groups.SelectMany(g => g.ListOf("services")), [.. seeds.Of(ServiceSeeds.KindName).Select(f => f.Root.TextOf("code") ?? "")], "item", faults);
        Known(windows.SelectMany(w => w.ListOf("skills")), [.. groups.Select(g => g.TextOf("code") ?? "")], "group", faults);
        foreach (var idle in groups.Where(g => !windows.Any(w => w.TextsOf("skills").Contains(g.TextOf("code")))))
            faults.Add(idle["code"]!, $"No window handles \"{idle.TextOf("code")}\"", "name it in the skills of a window");
        foreach (var homeless in departments.Except(groups.SelectMany(g => g.TextsOf("departments"))))
            faults.Add(root[Name]!, $"The department \"{homeless}\" belongs to no group", "add it to the departments of one group");
    }

    private static void Once(IEnumerable<SeedNode> nodes, string what, SeedFaults faults)
    {
        foreach (var twice in nodes.GroupBy(n => n.Text).Where(g => g.Count() > 1))
            faults.Add(twice.Last(), $"The {what} \"{twice.Key}\" is used twice in the hall", "use each once");
    }

    private static void Known(IEnumerable<SeedNode> nodes, IReadOnlyCollection<string> known, string what, SeedFaults faults)
    {
        foreach (var unknown in nodes.Where(n => !known.Contains(n.Text ?? "")))
            faults.Add(unknown, $"There is no {what} \"{unknown.Text}\"", Nearest.Fix(unknown.Text ?? "", known));
    }
}
