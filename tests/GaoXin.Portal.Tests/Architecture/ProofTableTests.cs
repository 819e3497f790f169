using System.Text.RegularExpressions;
using GaoXin.Portal.Persistence;

namespace GaoXin.Portal.Tests.Architecture;

/// <summary>docs/architecture/hall-proofs.md names tests that exist.</summary>
public sealed partial class ProofTableTests
{
    private static readonly string Root = RepositoryFolder.Find()!;

    [Fact]
    public void Every_test_that_the_table_of_proofs_names_is_there()
    {
        var named = Test().Matches(File.ReadAllText(Path.Combine(Root, "docs", "architecture", "hall-proofs.md"))).Select(m => (Class: m.Groups["class"].Value, Method: m.Groups["method"].Value)).ToList();
        named.Count.ShouldBeGreaterThan(20);
        var sources = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).ToLookup(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText);
        named.Where(n => !sources[n.Class].Any(text => text.Contains($" {n.Method}(", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [GeneratedRegex("`(?<class>[A-Za-z]+Tests)\\.(?<method>[A-Za-z_]+)`")]
    private static partial Regex Test();
}
