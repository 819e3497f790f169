using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Options;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace GaoXin.Portal.Registration;

/// <summary>The reference data of registration, read once from <c>seeds/reference</c>. A fault there stops the start.</summary>
internal sealed class ReferenceFiles
{
    private static readonly IDeserializer Reader = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .Build();

    private readonly string _seeds;

    public ReferenceFiles(IOptions<PortalOptions> options)
        : this(Path.Combine(SeedsFolder(options.Value.SeedsPath), "reference"))
    {
    }

    private ReferenceFiles(string folder)
    {
        _seeds = Path.GetDirectoryName(folder)!;
        Names = new NameVocabulary(Read<NameWordsFile>(folder, "name-words.yaml"), Read<Dictionary<string, string>>(folder, "pinyin.yaml"));
        Scope = Read<List<ScopeItemEntry>>(folder, "business-scope.yaml").Select(e => e.ToItem()).ToDictionary(i => i.Code);
        Industries = Read<IndustriesFile>(folder, "industries.yaml");
        Addresses = new AddressLibrary(Read<List<StandardAddressEntry>>(folder, "addresses.yaml"));
        var unknown = Scope.Values.FirstOrDefault(i => !Industries.Classes.ContainsKey(i.Industry));
        if (unknown is not null)
            throw new InvalidDataException($"business-scope.yaml: {unknown.Code} names industry {unknown.Industry}, which industries.yaml lacks.");
    }

    public NameVocabulary Names { get; }

    public IReadOnlyDictionary<string, ScopeItem> Scope { get; }

    public IndustriesFile Industries { get; }

    public AddressLibrary Addresses { get; }

    /// <summary>Reads the files of a folder, for tests without a container.</summary>
    public static ReferenceFiles Load(string? seedsPath = null) => new(Path.Combine(SeedsFolder(seedsPath), "reference"));

    /// <summary>A file of <c>seeds/demo</c>: only there, and only read, in demo mode.</summary>
    public T ReadDemo<T>(string file) => Read<T>(Path.Combine(_seeds, "demo"), file);

    /// <summary>A file of <c>seeds/templates/documents</c>.</summary>
    public T ReadTemplate<T>(string file) => Read<T>(Path.Combine(_seeds, "templates", "documents"), file);

    private static string SeedsFolder(string? configured)
    {
        if (configured is not null)
            return configured;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var seeds = Path.Combine(folder.FullName, "seeds");
            if (Directory.Exists(Path.Combine(seeds, "reference")))
                return seeds;
        }

        throw new DirectoryNotFoundException($"No seeds folder above the program. Set {PortalOptions.Section}:{nameof(PortalOptions.SeedsPath)}.");
    }

    private static T Read<T>(string folder, string file)
    {
        using var text = File.OpenText(Path.Combine(folder, file));
        return Reader.Deserialize<T>(text) ?? throw new InvalidDataException($"{file} is empty.");
    }
}

/// <summary>The file <c>industries.yaml</c>: GB/T 4754 with its edition, because other tables are of an older one.</summary>
internal sealed class IndustriesFile
{
    public string Edition { get; set; } = "";

    /// <summary>门类 by letter.</summary>
    public Dictionary<string, string> Sections { get; set; } = [];

    /// <summary>小类 by section letter and four digits.</summary>
    public Dictionary<string, string> Classes { get; set; } = [];
}

internal sealed class ScopeItemEntry
{
    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Industry { get; set; } = "";

    public List<string> Aliases { get; set; } = [];

    public ScopeItem ToItem() => new()
    {
        Code = Code,
        Name = Name,
        Industry = Industry,
        Aliases = Aliases,
        Kind = Kind switch
        {
            "general" => ScopeItemKind.General,
            "post-licence" => ScopeItemKind.PostLicence,
            "pre-licence" => ScopeItemKind.PreLicence,
            "forbidden" => ScopeItemKind.Forbidden,
            _ => throw new InvalidDataException($"business-scope.yaml: {Code} has the unknown kind {Kind}."),
        },
    };
}
