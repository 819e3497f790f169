namespace GaoXin.Portal.Catalogue.Finding;

/// <summary>Which parts of a shown text answer the query.</summary>
internal static class Marks
{
    /// <summary>The text in parts; one unmarked part when nothing in it fits.</summary>
    public static IReadOnlyList<TextPart> Of(ServiceIndex index, string text, string query)
    {
        var normal = index.Vocabulary.Normal(text);
        var marked = new bool[text.Length];
        if (index.Letters(query) is { } letters && Pinyin.Find(index.Vocabulary, normal, letters) is { } spelt)
            Array.Fill(marked, true, spelt.Start.Value, spelt.End.Value - spelt.Start.Value);
        else
            MarkGrams(index.Vocabulary, normal, query, marked);
        return [.. Parts(text, marked)];
    }

    private static void MarkGrams(SearchVocabulary vocabulary, string normal, string query, bool[] marked)
    {
        // Single characters stand everywhere; they count only when nothing else was typed.
        var grams = vocabulary.Readings(query).SelectMany(Grams.Of).Where(g => g.Length > 1 || query.Length == 1).ToHashSet();
        var sounds = grams.Where(g => g.Length > 1).Select(vocabulary.Sound).OfType<string>().ToHashSet();
        foreach (var (gram, at) in Grams.Places(normal))
        {
            if (grams.Contains(gram) || (gram.Length > 1 && vocabulary.Sound(gram) is { } sound && sounds.Contains(sound)))
                Array.Fill(marked, true, at, gram.Length);
        }
    }

    private static IEnumerable<TextPart> Parts(string text, bool[] marked)
    {
        for (var from = 0; from < text.Length;)
        {
            var to = from;
            while (to < text.Length && marked[to] == marked[from])
                to++;
            yield return new TextPart(text[from..to], marked[from]);
            from = to;
        }
    }
}
