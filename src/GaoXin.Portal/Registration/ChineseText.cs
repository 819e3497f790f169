using System.Text;

namespace GaoXin.Portal.Registration;

/// <summary>Which characters may stand in a registered name (名称规定 art. 5: standard Chinese characters).</summary>
internal static class ChineseText
{
    private static readonly Encoding Gb2312 = CodePagesEncodingProvider.Instance.GetEncoding(
        "gb2312", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>True when every character is a Chinese character: no letter, digit, sign, space or emoji.</summary>
    public static bool IsHan(string text) => text.Length > 0 && text.EnumerateRunes().All(IsHan);

    /// <summary>
    /// True for the 6 763 characters of GB 2312. Others may be traditional forms or rare but standard ones, which a
    /// person has to look at.
    /// </summary>
    public static bool IsCommon(string text)
    {
        try
        {
            return Gb2312.GetByteCount(text) == text.Length * 2;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>The number of characters a reader counts, not UTF-16 units.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    private static bool IsHan(Rune rune) => rune.Value
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x323AF) or 0x3007;
}
