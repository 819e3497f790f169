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
}
