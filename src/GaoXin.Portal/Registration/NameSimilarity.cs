using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Registration;

/// <summary>How close two names are: the same blocks (名称规定 art. 17), a similar one only warns (133号).</summary>
internal enum NameLikeness
{
    None,
    Similar,
    Same,
}

/// <summary>What is compared, kept beside every name in the register.</summary>
internal sealed record NameKey(string Full, string TradeName, string Industry)
{
    public static NameKey Of(CompanyName name) =>
        new(CompanyName.Normalise(name.Full), CompanyName.Normalise(name.TradeName), CompanyName.Normalise(name.Industry));

    public string Core => TradeName + Industry;

    /// <summary>Overlapping pairs of the trade name, so that the database finds candidates by index.</summary>
    public string[] Bigrams => Text.Pairs(TradeName);
}

/// <summary>The comparison of two names, with the reason in words.</summary>
internal sealed record NameComparison(NameLikeness Likeness, string Reason)
{
    public static NameComparison None { get; } = new(NameLikeness.None, "");
}

/// <summary>Sameness and similarity of names at one registration authority.</summary>
internal static class NameSimilarity
{
    private const double PartlyEqual = 0.6;

    public static NameComparison Compare(NameKey candidate, NameKey existing, NameVocabulary words)
    {
        if (candidate.Full == existing.Full)
            return new(NameLikeness.Same, "与已有名称完全相同");
        if (candidate.Core == existing.Core)
            return new(NameLikeness.Same, "字号和行业与已有名称相同");
        if (SameLetters(candidate.Full, existing.Full) && SameParts(candidate, existing))
            return new(NameLikeness.Same, "只是文字顺序与已有名称不同");
        var sameIndustry = candidate.Industry == existing.Industry;
        var sameMeaning = sameIndustry || words.IndustryMeaning(candidate.Industry) == words.IndustryMeaning(existing.Industry);
        return sameMeaning ? CompareTradeNames(candidate.TradeName, existing.TradeName, words) : NameComparison.None;
    }

    private static NameComparison CompareTradeNames(string candidate, string existing, NameVocabulary words)
    {
        if (candidate == existing)
            return new(NameLikeness.Similar, "字号相同，行业意思相近");
        if (words.Sound(candidate) == words.Sound(existing))
            return new(NameLikeness.Similar, "字号读音相同，行业相同或相近");
        if (candidate.Contains(existing, StringComparison.Ordinal) || existing.Contains(candidate, StringComparison.Ordinal))
            return new(NameLikeness.Similar, "一个字号包含另一个，行业相同或相近");
        var common = LongestCommonText(candidate, existing);
        return common >= 2 && common >= PartlyEqual * Math.Max(candidate.Length, existing.Length)
            ? new(NameLikeness.Similar, "字号部分文字相同，行业相同或相近")
            : NameComparison.None;
    }

    private static bool SameLetters(string one, string other) => one.Length == other.Length && one.Order().SequenceEqual(other.Order());

    private static bool SameParts(NameKey one, NameKey other) =>
        other.Full.Contains(one.TradeName, StringComparison.Ordinal) && other.Full.Contains(one.Industry, StringComparison.Ordinal)
        && one.Full.Contains(other.TradeName, StringComparison.Ordinal);

    private static int LongestCommonText(string one, string other)
    {
        var longest = 0;
        var lengths = new int[one.Length + 1, other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
            for (var j = 1; j <= other.Length; j++)
            {
                if (one[i - 1] == other[j - 1])
                    longest = Math.Max(longest, lengths[i, j] = lengths[i - 1, j - 1] + 1);
            }

        return longest;
    }
}
