namespace GaoXin.Portal.Registration;

/// <summary>Words about names, read from <c>seeds/reference/name-words.yaml</c> and <c>pinyin.yaml</c>. Immutable.</summary>
internal sealed class NameVocabulary
{
    private readonly HashSet<string> _divisions;
    private readonly Dictionary<EntityKind, HashSet<string>> _forms;
    private readonly Dictionary<string, string> _synonyms;
    private readonly Dictionary<char, string> _sounds;

    public NameVocabulary(NameWordsFile words, IReadOnlyDictionary<string, string> pinyin)
    {
        Regions = words.Regions.ToHashSet();
        Zones = words.Zones.ToHashSet();
        Districts = words.Districts.ToHashSet();
        _divisions = [.. Regions, .. Zones, .. Districts, .. words.OtherDivisions];
        _forms = new()
        {
            [EntityKind.Company] = [.. words.Forms.Company],
            [EntityKind.IndividualBusiness] = [.. words.Forms.IndividualBusiness],
        };
        AllForms = [.. _forms.Values.SelectMany(f => f).Distinct()];
        IndustryWords = words.Industries.SelectMany(group => group).ToHashSet();
        _synonyms = words.Industries.SelectMany(group => group.Select(word => (word, head: group[0])))
            .DistinctBy(pair => pair.word).ToDictionary(pair => pair.word, pair => pair.head);
        Forbidden = words.Forbidden;
        Restricted = words.Restricted;
        _sounds = pinyin.SelectMany(p => p.Value.Select(c => (c, p.Key))).DistinctBy(p => p.c).ToDictionary(p => p.c, p => p.Key);
    }

    public IReadOnlySet<string> Regions { get; }

    /// <summary>Development zones: only together with a division (名称规定 art. 7).</summary>
    public IReadOnlySet<string> Zones { get; }

    public IReadOnlySet<string> Districts { get; }

    public IReadOnlyList<string> AllForms { get; }

    public IReadOnlySet<string> IndustryWords { get; }

    public IReadOnlyList<NameWordGroup> Forbidden { get; }

    public IReadOnlyList<NameWordGroup> Restricted { get; }

    public IReadOnlySet<string> Forms(EntityKind kind) => _forms[kind];

    public bool IsDivision(string text) => _divisions.Contains(text) || _divisions.Contains(text + "市") || _divisions.Contains(text + "省");

    /// <summary>One head word for industry texts that mean the same (地产, 房地产, 置业).</summary>
    public string IndustryMeaning(string industry) => _synonyms.GetValueOrDefault(industry, industry);

    /// <summary>Pinyin without tones for the characters the table knows; others stand for themselves.</summary>
    public string Sound(string text) => string.Join(' ', text.Select(c => _sounds.GetValueOrDefault(c, c.ToString())));
}

/// <summary>The file <c>name-words.yaml</c>.</summary>
internal sealed class NameWordsFile
{
    public List<string> Regions { get; set; } = [];

    public List<string> Zones { get; set; } = [];

    public List<string> Districts { get; set; } = [];

    public List<string> OtherDivisions { get; set; } = [];

    public NameForms Forms { get; set; } = new();

    /// <summary>Groups of industry words that mean the same; the first is the head.</summary>
    public List<List<string>> Industries { get; set; } = [];

    public List<NameWordGroup> Forbidden { get; set; } = [];

    public List<NameWordGroup> Restricted { get; set; } = [];
}

internal sealed class NameForms
{
    public List<string> Company { get; set; } = [];

    public List<string> IndividualBusiness { get; set; } = [];
}

/// <summary>Words with the reason why they may not, or not freely, stand in a name.</summary>
internal sealed class NameWordGroup
{
    public string Reason { get; set; } = "";

    public List<string> Words { get; set; } = [];
}
