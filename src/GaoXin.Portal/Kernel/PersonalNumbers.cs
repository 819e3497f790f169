using System.Text.RegularExpressions;

namespace GaoXin.Portal.Kernel;

/// <summary>
/// Finds resident ID numbers (18 characters) and mobile numbers (11 digits) in any text and masks them. The last line
/// of defence: code is not to log them at all, but an exception of a library may quote what a person typed.
/// </summary>
public static partial class PersonalNumbers
{
    // Inside a hexadecimal id (trace, GUID) or after a decimal point, a run of digits is no number of a person.
    private const string Before = @"(?<!\d)(?<!\d\.)(?<!\d[A-Fa-f]{1,8})(?<!-[\dA-Fa-f]{4}-)";
    private const string After = @"(?!\d)(?![A-Fa-f]{1,8}\d)";

    /// <summary>The text with every such number masked; the same instance when there is none.</summary>
    public static string Mask(string text)
    {
        if (text.Length < 11)
            return text;
        var masked = IdNumber().Replace(text, m => Masking.IdNumber(m.Value));
        return Mobile().Replace(masked, m => m.Groups["country"].Value + Masking.Mobile(m.Groups["number"].Value));
    }

    /// <summary>True when the text holds such a number.</summary>
    public static bool AreIn(string text) => IdNumber().IsMatch(text) || Mobile().IsMatch(text);

    [GeneratedRegex(Before + @"\d{17}[\dXx]" + After)]
    private static partial Regex IdNumber();

    [GeneratedRegex(Before + @"(?<country>(?:\+|00)?86[ -]?)?(?<number>1[3-9]\d[ -]?\d{4}[ -]?\d{4})" + After)]
    private static partial Regex Mobile();
}
