using System.Text;
using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Finding;

/// <summary>What the search knows about words beside the items: sounds, traditional forms, everyday words, fillers. Immutable.</summary>
internal sealed class SearchVocabulary
{
    /// <summary>Longer input adds nothing to find.</summary>
    public const int LongestQuery = 60;
    private const int MostReadings = 8;
    private static readonly string[] NoSounds = [];
    private readonly Dictionary<char, string[]> _sounds;
    private readonly Dictionary<char, char> _simplified;
    private readonly IReadOnlyList<(string Say, IReadOnlyList<string> Means)> _words;
    private readonly IReadOnlyList<string> _fillers;
    private readonly string _surnames;

    public SearchVocabulary(SeedNode sounds, SeedNode characters, SeedNode words)
    {
        _sounds = sounds.ListOf(SearchSoundSeeds.KindName)
            .SelectMany(n => n.TextOf("characters")!.Select(c => (c, Sound: n.TextOf("sound")!)))
            .GroupBy(p => p.c, p => p.Sound).ToDictionary(g => g.Key, g => g.ToArray());
        _simplified = characters.TextsOf(SearchCharacterSeeds.KindName).SelectMany(line => line.Split(' '))
            .SelectMany(group => group.Skip(1).Select(form => (form, Simplified: group[0]))).DistinctBy(p => p.form).ToDictionary(p => p.form, p => p.Simplified);
        _fillers = [.. words.TextsOf("fillers").OrderByDescending(f => f.Length).ThenBy(f => f, StringComparer.Ordinal)];
        Hot = words.TextsOf("hot");
        _surnames = words.TextOf("surnames") ?? "";
        _words = [.. words.ListOf(SearchWordSeeds.KindName).Select(n => (Normal(n.TextOf("say")!), n.TextsOf("means")))];
    }

    /// <summary>Words to try until enough people have searched.</summary>
    public IReadOnlyList<string> Hot { get; }

    /// <summary>
    /// The text as it is compared, one character for each: lower case, half width, simplified; a sign becomes a space. So a
    /// place in it is a place in the original.
    /// </summary>
    public string Normal(string text) => string.Create(text.Length, text, (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            var c = from[i] is >= '！' and <= '～' ? (char)(from[i] - 0xFEE0) : from[i];
            c = char.ToLowerInvariant(c);
            to[i] = char.IsLetterOrDigit(c) ? _simplified.GetValueOrDefault(c, c) : ' ';
        }
    });

    /// <summary>What a query is about: normal, cut, without fillers unless there is nothing else.</summary>
    public string Query(string? typed)
    {
        var text = Spaced(Normal(typed is { Length: > LongestQuery } ? typed[..LongestQuery] : typed ?? ""));
        var matter = Spaced(_fillers.Aggregate(text, (rest, filler) => rest.Replace(filler, " ", StringComparison.Ordinal)));
        return matter.Length > 0 ? matter : text;
    }

    /// <summary>The query and its readings in the catalogue's words.</summary>
    public IReadOnlyList<string> Readings(string query) =>
        [.. _words.Where(w => query.Contains(w.Say, StringComparison.Ordinal))
            .SelectMany(w => w.Means.Select(m => query.Replace(w.Say, m, StringComparison.Ordinal))).Prepend(query).Distinct().Take(MostReadings)];

    /// <summary>The sounds of a character, the usual one first; none when it is not known.</summary>
    public string[] Sounds(char c) => _sounds.GetValueOrDefault(c, NoSounds);

    /// <summary>The usual sound, the character itself where it is not known.</summary>
    public string Sound(char c) => _sounds.TryGetValue(c, out var sounds) ? sounds[0] : c.ToString();

    /// <summary>True for a common family name.</summary>
    public bool IsSurname(char c) => _surnames.Contains(c, StringComparison.Ordinal);

    /// <summary>The text by sound, for an order that people expect.</summary>
    public string SoundsOf(string text) => string.Join(' ', Normal(text).Select(Sound));

    /// <summary>True for a word of Latin letters or digits, false for Chinese.</summary>
    public static bool IsLatin(char c) => c < 0x2E80;

    private static string Spaced(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c != ' ' || (result.Length > 0 && result[^1] != ' '))
                result.Append(c);
        }

        return result.ToString().TrimEnd();
    }
}
