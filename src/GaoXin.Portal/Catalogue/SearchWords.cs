using System.Text;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Catalogue;

/// <summary>
/// Search words of Chinese text: every single character and every pair of neighbours, and whole Latin words. Pairs find
/// what people type without a word list; the field a pair comes from gives it weight.
/// </summary>
internal static class SearchWords
{
    /// <summary>Longer input adds nothing to find.</summary>
    private const int LongestQuery = 60;
    private const string TitleMark = "t:";
    private const string AliasMark = "a:";

    /// <summary>The words kept with a service: plain, and marked again when they stand in the title or an alias.</summary>
    public static IEnumerable<string> Index(ServiceDefinition service)
    {
        var title = Of(service.Title).ToList();
        var aliases = service.Aliases.SelectMany(Of).ToList();
        return title.Concat(aliases).Concat(Of(service.Summary))
            .Concat(title.Select(w => TitleMark + w)).Concat(aliases.Select(w => AliasMark + w))
            .Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>The words of a query; empty when it holds nothing to look for.</summary>
    public static IReadOnlyList<string> Query(string? typed)
    {
        var words = Of(Shortened(typed)).Distinct().ToList();
        // With pairs there, single characters only blur the ranking.
        var pairs = words.Where(w => w.Length > 1).ToList();
        return pairs.Count > 0 ? pairs : words;
    }

    /// <summary>The single characters and Latin words, for suggestions.</summary>
    public static IReadOnlyList<string> Characters(string? typed) => [.. Of(Shortened(typed)).Where(w => w.Length == 1 || w[0] < 128).Distinct()];

    public static string InTitle(string word) => TitleMark + word;

    public static string InAlias(string word) => AliasMark + word;

    private static string Shortened(string? typed)
    {
        var text = Text.Compact(typed);
        return text.Length <= LongestQuery ? text : text[..LongestQuery];
    }

    private static IEnumerable<string> Of(string text)
    {
        foreach (var run in Runs(text))
        {
            if (run[0] < 128)
            {
                yield return run;
                continue;
            }

            for (var i = 0; i < run.Length; i++)
            {
                yield return run[i].ToString();
                if (i + 1 < run.Length)
                    yield return run.Substring(i, 2);
            }
        }
    }

    /// <summary>Stretches of Chinese characters, and of Latin letters and digits; everything else divides.</summary>
    private static IEnumerable<string> Runs(string text)
    {
        var run = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            var known = char.IsLetterOrDigit(c);
            if (run.Length > 0 && (!known || (run[0] < 128) != (c < 128)))
            {
                yield return run.ToString();
                run.Clear();
            }

            if (known)
                run.Append(c);
        }

        if (run.Length > 0)
            yield return run.ToString();
    }
}
