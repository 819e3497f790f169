using System.Text;

namespace GaoXin.Portal.Kernel;

/// <summary>Normalisation of typed text.</summary>
public static class Text
{
    /// <summary>
    /// Trims, turns full-width letters, digits, plus, minus and space into half-width, and removes inner spaces:
    /// for codes and numbers, never for names.
    /// </summary>
    public static string Compact(string? typed)
    {
        if (string.IsNullOrEmpty(typed))
            return "";
        var result = new StringBuilder(typed.Length);
        foreach (var c in typed)
        {
            var narrow = c is >= '！' and <= '～' ? (char)(c - 0xFEE0) : c;
            if (!char.IsWhiteSpace(narrow) && narrow is not ('\u200b' or '\ufeff'))
                result.Append(narrow);
        }

        return result.ToString();
    }

    /// <summary>Overlapping pairs of characters, each once, for look-up by index. A rare character outside the basic plane is never cut in half.</summary>
    public static string[] Pairs(string text)
    {
        var characters = text.EnumerateRunes().Select(r => r.ToString()).ToList();
        return characters.Count < 2 ? [.. characters] : [.. characters.Zip(characters.Skip(1), string.Concat).Distinct()];
    }
}
