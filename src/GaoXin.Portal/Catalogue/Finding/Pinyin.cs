namespace GaoXin.Portal.Catalogue.Finding;

/// <summary>Letters that spell a stretch of a Chinese text: whole syllables, initials, or a mixture; the last syllable may be unfinished.</summary>
internal static class Pinyin
{
    /// <summary>The first stretch that the letters spell, null when none. Chinese characters among the letters stand for themselves.</summary>
    public static Range? Find(SearchVocabulary vocabulary, string normal, string letters)
    {
        for (var from = 0; from < normal.Length; from++)
        {
            if (Spelt(vocabulary, normal, from, letters) is { } to)
                return from..to;
        }

        return null;
    }

    /// <summary>Where the stretch from here ends. A set of places in the letters, because gjj may be read g-j-j and xian xi-an.</summary>
    private static int? Spelt(SearchVocabulary vocabulary, string normal, int from, string letters)
    {
        var reached = new HashSet<int> { 0 };
        for (var at = from; at < normal.Length && reached.Count > 0; at++)
        {
            var next = new HashSet<int>();
            foreach (var place in reached)
                Step(vocabulary, normal[at], letters, place, next);
            if (next.Contains(letters.Length))
                return at + 1;
            reached = next;
        }

        return null;
    }

    private static void Step(SearchVocabulary vocabulary, char c, string letters, int place, HashSet<int> next)
    {
        var rest = letters.AsSpan(place);
        if (rest[0] == c)
            next.Add(place + 1);
        foreach (var sound in vocabulary.Sounds(c))
        {
            if (rest[0] != sound[0])
                continue;
            next.Add(place + 1);
            if (rest.StartsWith(sound, StringComparison.Ordinal))
                next.Add(place + sound.Length);
            else if (sound.AsSpan().StartsWith(rest, StringComparison.Ordinal))
                next.Add(letters.Length);
        }
    }
}
