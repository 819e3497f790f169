using System.Globalization;

namespace GaoXin.Portal.Tests.Catalogue;

/// <summary>The seed files of the repository as text, for tests that name every service.</summary>
internal static class SeedFiles
{
    /// <summary>Code and content of the newest version of every service.</summary>
    public static IReadOnlyList<(string Code, string Content)> Services { get; } =
        [.. Directory.GetDirectories(Path.Combine(SeedsFolder.Delivered, "services")).Order(StringComparer.Ordinal)
            .Select(f => (Path.GetFileName(f), File.ReadAllText(Directory.GetFiles(f).OrderBy(v => int.Parse(Path.GetFileNameWithoutExtension(v), CultureInfo.InvariantCulture)).Last())))];
}
