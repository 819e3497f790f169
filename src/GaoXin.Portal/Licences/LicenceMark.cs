using System.Text;
using System.Text.RegularExpressions;

namespace GaoXin.Portal.Licences;

/// <summary>The verify code as plain bytes inside a licence file, so that an altered copy can still be told from a foreign file.</summary>
internal static partial class LicenceMark
{
    private const int MostCodes = 5;

    /// <summary>The mark, with the hash of the facts that are printed.</summary>
    public static string Of(string code, string factsHash) => $"GaoXinLicence {code} {factsHash}";

    /// <summary>The codes found in a file, in order, a handful at most.</summary>
    public static IReadOnlyList<string> Find(byte[] file) =>
        [.. Pattern().Matches(Encoding.Latin1.GetString(file)).Select(m => m.Groups[1].Value).Distinct().Take(MostCodes)];

    [GeneratedRegex("GaoXinLicence ([2-9A-HJ-NP-Z]{16})", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
