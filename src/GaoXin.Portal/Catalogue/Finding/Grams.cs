namespace GaoXin.Portal.Catalogue.Finding;

/// <summary>
/// The parts of a text that are compared: every Chinese character, every pair of neighbours, every Latin word. Pairs find
/// what people type without a word list.
/// </summary>
internal static class Grams
{
    /// <summary>The parts with the places where they stand.</summary>
    public static IEnumerable<(string Gram, int At)> Places(string normal)
    {
        for (var i = 0; i < normal.Length; i++)
        {
            if (normal[i] == ' ')
                continue;
            if (SearchVocabulary.IsLatin(normal[i]))
            {
                var from = i;
                while (i + 1 < normal.Length && normal[i + 1] != ' ' && SearchVocabulary.IsLatin(normal[i + 1]))
                    i++;
                yield return (normal[from..(i + 1)], from);
                continue;
            }

            yield return (normal[i].ToString(), i);
            if (i + 1 < normal.Length && normal[i + 1] != ' ' && !SearchVocabulary.IsLatin(normal[i + 1]))
                yield return (normal.Substring(i, 2), i);
        }
    }

    /// <summary>The parts, each once.</summary>
    public static IReadOnlySet<string> Of(string normal) => Places(normal).Select(p => p.Gram).ToHashSet();

    /// <summary>The part by sound, null for a Latin word. It never equals a written part.</summary>
    public static string? Sound(this SearchVocabulary vocabulary, string gram) => SearchVocabulary.IsLatin(gram[0]) ? null
        : gram.Length == 1 ? $"~{vocabulary.Sound(gram[0])}" : $"~{vocabulary.Sound(gram[0])} {vocabulary.Sound(gram[1])}";
}
