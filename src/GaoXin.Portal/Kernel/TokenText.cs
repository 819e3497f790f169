using System.Text.RegularExpressions;

namespace GaoXin.Portal.Kernel;

/// <summary>
/// Texts with <c>{{ token }}</c> in them: the words of notices and documents. Strict: an unknown token or any other brace
/// is a fault when loading, a missing value throws when rendering.
/// </summary>
internal static partial class TokenText
{
    /// <summary>What is wrong with a text, or null.</summary>
    public static string? Problem(string text, IEnumerable<string> known)
    {
        var unknown = Token().Matches(text).Select(m => m.Groups[1].Value).FirstOrDefault(t => !known.Contains(t));
        if (unknown is not null)
            return $"Unknown token {unknown}.";
        return Token().Replace(text, "").IndexOfAny(['{', '}']) < 0 ? null : "A brace that belongs to no token.";
    }

    /// <summary>Fills in the values; <paramref name="what"/> names the text in the fault.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values, string what) =>
        Token().Replace(text, m => values.TryGetValue(m.Groups[1].Value, out var value) ? value
            : throw new InvalidOperationException($"{what} lacks the value {m.Groups[1].Value}."));

    [GeneratedRegex(@"\{\{ *([A-Za-z]+) *\}\}")]
    private static partial Regex Token();
}
