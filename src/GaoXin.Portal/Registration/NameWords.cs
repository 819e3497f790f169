namespace GaoXin.Portal.Registration;

/// <summary>A word found in a name. A forbidden one blocks, a restricted one goes to an officer.</summary>
internal sealed record NameWordHit(string Word, string Reason, bool Forbidden);

/// <summary>Forbidden and restricted words (名称规定 arts 11, 12).</summary>
internal static class NameWords
{
    /// <summary>
    /// The hits in trade name and industry. A forbidden word that only comes about where the two meet
    /// (富国 + 家具) is looked at by an officer instead of blocking.
    /// </summary>
    public static IReadOnlyList<NameWordHit> Find(CompanyName name, NameVocabulary words)
    {
        var tradeName = CompanyName.Normalise(name.TradeName);
        var industry = CompanyName.Normalise(name.Industry);
        bool Inside(string word) => Has(tradeName, word) || Has(industry, word);
        bool Across(string word) => !Inside(word) && Has(tradeName + industry, word);
        var blocked = Hits(words.Forbidden, Inside, forbidden: true);
        var unsure = Hits(words.Forbidden, Across, forbidden: false);
        var restricted = Hits(words.Restricted, Inside, forbidden: false);
        return [.. blocked, .. unsure, .. restricted];
    }

    private static IEnumerable<NameWordHit> Hits(IEnumerable<NameWordGroup> groups, Func<string, bool> found, bool forbidden) =>
        from @group in groups
        from word in @group.Words
        where found(word)
        select new NameWordHit(word, @group.Reason, forbidden);

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.Ordinal);
}
