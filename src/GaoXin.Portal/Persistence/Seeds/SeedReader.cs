using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Options;
using NJsonSchema;

namespace GaoXin.Portal.Persistence.Seeds;

/// <summary>Finds, reads and checks the definition files. Needs no database.</summary>
internal sealed class SeedReader(IEnumerable<ISeedKind> kinds, IOptions<PortalOptions> options)
{
    /// <summary>The <c>seeds</c> folder: the configured one, else the nearest upwards from the program or the working folder.</summary>
    public string Folder => options.Value.SeedsPath ?? Upwards(AppContext.BaseDirectory) ?? Upwards(Environment.CurrentDirectory)
        ?? throw new InvalidOperationException("The folder seeds/ was not found; set Portal:SeedsPath.");

    /// <summary>
    /// Identifies the content of all files and the program that reads them, fast: a start with unchanged files and code
    /// needs to look no further.
    /// </summary>
    public async Task<string> Fingerprint(CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(SeedReader).Module.ModuleVersionId.ToByteArray());
        foreach (var path in Paths())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Name(path)));
            hash.AppendData(await File.ReadAllBytesAsync(path, ct));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Reads all files; every fault of form and meaning is recorded.</summary>
    public async Task<SeedSet> Read(SeedFaults faults, CancellationToken ct)
    {
        var files = new Dictionary<string, IReadOnlyList<SeedFile>>();
        var rest = Paths().ToHashSet();
        foreach (var kind in kinds)
        {
            var own = rest.Where(p => Matches(kind, p)).Order(StringComparer.Ordinal).ToList();
            rest.ExceptWith(own);
            files[kind.Name] = await ReadKind(kind, own, faults, ct);
        }

        // Reference and demo data that its capability reads by itself is left to it.
        foreach (var path in rest.Where(p => Path.GetExtension(p) is ".yaml" or ".yml" && !IsLeftToItsCapability(Name(p))))
            faults.Add(Name(path), 1, "No kind of definition has such a file", "check the folder and the name, they say what a file is; the ending is .yaml");
        var texts = new Dictionary<string, string>();
        foreach (var path in rest.Where(p => p.EndsWith(".liquid", StringComparison.Ordinal)))
            texts[Name(path)] = await File.ReadAllTextAsync(path, ct);
        var seeds = new SeedSet(files, texts, await Fingerprint(ct));
        if (faults.Count == 0)
        {
            foreach (var kind in kinds)
                kind.Check(seeds, faults);
        }

        return seeds;
    }

    /// <summary>
    /// Reads the files of all kinds but one, and the schema of that one: what content of it has to fit that comes from
    /// elsewhere than a file.
    /// </summary>
    public async Task<(SeedSet Beside, JsonSchema Schema)> ReadBeside(string kind, CancellationToken ct)
    {
        var files = new Dictionary<string, IReadOnlyList<SeedFile>>();
        foreach (var other in kinds.Where(k => k.Name != kind))
            files[other.Name] = await ReadKind(other, [.. Paths().Where(p => Matches(other, p))], new SeedFaults(), ct);
        var texts = new Dictionary<string, string>();
        foreach (var path in Paths().Where(p => p.EndsWith(".liquid", StringComparison.Ordinal)))
            texts[Name(path)] = await File.ReadAllTextAsync(path, ct);
        return (new SeedSet(files, texts, ""), await Schema(kind));
    }

    private bool Matches(ISeedKind kind, string path) =>
        Regex.IsMatch(Name(path), $"^seeds/{Regex.Escape(kind.Pattern).Replace("\\*", "[^/]*", StringComparison.Ordinal)}$");

    private Task<JsonSchema> Schema(string kind) => JsonSchema.FromFileAsync(Path.Combine(Folder, "schema", kind + ".json"));

    private async Task<IReadOnlyList<SeedFile>> ReadKind(ISeedKind kind, List<string> paths, SeedFaults faults, CancellationToken ct)
    {
        if (paths.Count == 0)
            return [];
        var schema = await Schema(kind.Name);
        var result = new List<SeedFile>();
        foreach (var path in paths)
        {
            var root = SeedYaml.Read(Name(path), await File.ReadAllTextAsync(path, ct), faults);
            if (root is null)
                continue;
            var file = new SeedFile(Name(path), root);
            SeedSchema.Check(file, schema, faults);
            result.Add(file);
        }

        return result;
    }

    private IEnumerable<string> Paths() =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static bool IsLeftToItsCapability(string name) =>
        name.StartsWith("seeds/reference/", StringComparison.Ordinal) || name.StartsWith("seeds/demo/", StringComparison.Ordinal);

    private string Name(string path) => "seeds/" + Path.GetRelativePath(Folder, path).Replace('\\', '/');

    private static string? Upwards(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            var seeds = Path.Combine(folder.FullName, "seeds");
            if (Directory.Exists(Path.Combine(seeds, "schema")))
                return seeds;
        }

        return null;
    }
}
