namespace GaoXin.Portal.Tests.Catalogue;

/// <summary>The seed files of the repository as text, for tests that name every service.</summary>
internal static class SeedFiles
{
    /// <summary>Code and content of every service.</summary>
    public static IReadOnlyList<(string Code, string Content)> Services { get; } =
        [.. Directory.GetDirectories(Path.Combine(SeedsFolder.Delivered, "services")).Order(StringComparer.Ordinal)
            .Select(f => (Path.GetFileName(f), File.ReadAllText(Path.Combine(f, "1.yaml"))))];
}
