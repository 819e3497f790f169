using GaoXin.Portal.Persistence;
using GaoXin.Portal.Tests.Architecture.Probe.Appointments;
using Mono.Cecil;

namespace GaoXin.Portal.Tests.Architecture;

/// <summary>The code keeps to docs/architecture/capabilities.md, and that file says nothing that is not so.</summary>
public sealed class CapabilityMapTests
{
    private static readonly string Root = RepositoryFolder.Find()!;
    private static readonly CapabilityMap Map = CapabilityMap.Parse(File.ReadAllText(Path.Combine(Root, "docs", "architecture", "capabilities.md")));
    private static readonly CapabilityScan Scan = new("GaoXin.Portal");
    private static readonly ModuleDefinition Core = ModuleDefinition.ReadModule(typeof(PortalServices).Assembly.Location);
    private static readonly IReadOnlyList<CapabilityUse> Uses = [.. Scan.Uses(Core)];

    [Fact]
    public void Capabilities_use_only_what_the_map_allows() =>
        Uses.Where(u => !Map.Allows(u.From, u.To)).Select(u => $"{u.User} uses {u.Used}: {u.From} -> {u.To} is not on the map").ShouldBeEmpty();

    [Fact]
    public void Capabilities_use_only_public_types_of_each_other() =>
        Uses.Where(u => !u.UsedIsPublic).Select(u => $"{u.User} uses {u.Used}, which is internal to {u.To}").ShouldBeEmpty();

    [Fact]
    public void Every_edge_of_the_map_is_used() =>
        Map.Edges.Except(Uses.Select(u => (u.From, u.To))).Select(e => $"Nothing uses {e.From} -> {e.To}: take it off the map").ShouldBeEmpty();

    [Fact]
    public void The_map_lists_the_folders_of_the_core()
    {
        var folders = Directory.GetDirectories(Path.Combine(Root, "src", "GaoXin.Portal")).Select(Path.GetFileName)
            .Where(f => f is not ("bin" or "obj") && !CapabilityScan.Common.Contains(f!)).Order(StringComparer.Ordinal);
        Map.Names.Order(StringComparer.Ordinal).ShouldBe(folders!);
        Scan.Capabilities(Core).Except(Map.Names).ShouldBeEmpty("namespaces mirror folders");
    }

    [Fact]
    public void The_map_has_no_circle() => Map.Cycle().ShouldBeNull();

    [Fact]
    public void A_crossing_is_found_wherever_it_hides()
    {
        var scan = new CapabilityScan("GaoXin.Portal.Tests.Architecture.Probe");
        using var module = ModuleDefinition.ReadModule(typeof(Sound).Assembly.Location);
        var uses = scan.Uses(module).ToList();
        foreach (var user in (string[])["InCode", "InLambda", "InGenericArgument", "InAttribute", "InAsyncMethod"])
            uses.ShouldContain(u => u.From == "Appointments" && u.To == "Catalogue" && u.User.Contains(user), user);
        uses.ShouldContain(u => !u.UsedIsPublic && u.Used.EndsWith("Hidden"));
        uses.ShouldNotContain(u => u.User.EndsWith(nameof(Sound)));
    }

    [Fact]
    public void A_circle_is_found() =>
        CapabilityMap.Parse("| A | B |\n| B | C |\n| C | A |\n| D | - |").Cycle().ShouldNotBeNull();
}
