using System.Text;

namespace GaoXin.Portal.Registration;

/// <summary>Where the division stands in a name.</summary>
internal enum NameStyle
{
    /// <summary>郑州 + 字号 + 行业 + 组织形式.</summary>
    RegionFirst,

    /// <summary>字号 + (郑州) + 行业 + 组织形式.</summary>
    RegionInBrackets,
}

/// <summary>
/// A name of a market entity in its parts (名称规定 art. 6): division (行政区划), trade name (字号), industry (行业) and
/// organisation form (组织形式).
/// </summary>
internal sealed record CompanyName(string Region, string TradeName, string Industry, string Form, NameStyle Style = NameStyle.RegionFirst)
{
    private const char OpeningBracket = '\uff08';
    private const char ClosingBracket = '\uff09';

    /// <summary>The whole name as it is written on the licence, with full-width brackets.</summary>
    public string Full => Style == NameStyle.RegionFirst
        ? Region + TradeName + Industry + Form
        : $"{TradeName}{OpeningBracket}{Region}{ClosingBracket}{Industry}{Form}";

    /// <summary>
    /// Trade name and industry without anything else: what must be unique at one registration authority (art. 17).
    /// Joined, so that another cut between the two does not make another name.
    /// </summary>
    public string Core => Normalise(TradeName + Industry);

    /// <summary>Without spaces and brackets, half-width letters and digits: for comparing, never for display.</summary>
    public static string Normalise(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (!char.IsWhiteSpace(c) && c is not ('(' or ')' or '[' or ']' or '\u3010' or '\u3011' or '\u200b' or '\ufeff'))
                result.Append(char.ToUpperInvariant(c));
        }

        return result.ToString();
    }

    /// <summary>Cuts a whole name into its parts; null when division or form is not known or no trade name is left.</summary>
    public static CompanyName? Parse(string full, NameVocabulary words)
    {
        var text = full.Trim().Replace('(', OpeningBracket).Replace(')', ClosingBracket);
        var form = words.AllForms.Where(f => text.EndsWith(f, StringComparison.Ordinal)).MaxBy(f => f.Length);
        if (form is null)
            return null;
        var body = text[..^form.Length];
        return ParseBracketed(body, form, words) ?? ParseRegionFirst(body, form, words);
    }

    private static CompanyName? ParseBracketed(string body, string form, NameVocabulary words)
    {
        var open = body.IndexOf(OpeningBracket);
        var close = body.IndexOf(ClosingBracket);
        if (open < 1 || close < open)
            return null;
        var region = body[(open + 1)..close];
        return words.Regions.Contains(region)
            ? new CompanyName(region, body[..open], body[(close + 1)..], form, NameStyle.RegionInBrackets)
            : null;
    }

    private static CompanyName? ParseRegionFirst(string body, string form, NameVocabulary words)
    {
        var region = words.Regions.Where(r => body.StartsWith(r, StringComparison.Ordinal)).MaxBy(r => r.Length);
        if (region is null || body.Length == region.Length)
            return null;
        var rest = body[region.Length..];
        var industry = words.IndustryWords
            .Where(w => rest.EndsWith(w, StringComparison.Ordinal) && rest.Length > w.Length + 1)
            .MaxBy(w => w.Length) ?? "";
        return new CompanyName(region, rest[..^industry.Length], industry, form);
    }
}
