using System.Security.Cryptography;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Licences;

/// <summary>Verify codes (核验码): 16 random characters, 80 bits, without 0, 1, I and O, shown in groups of four.</summary>
public static class VerifyCode
{
    /// <summary>The characters of a code.</summary>
    public const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>Characters in a code.</summary>
    public const int Length = 16;

    /// <summary>7K3M 9Q2T ABCD EFGH.</summary>
    public static string Grouped(string code) => string.Join(' ', code.Chunk(4).Select(c => new string(c)));

    /// <summary>Reads a typed code, with spaces, hyphens, lower case or full-width characters. False when it can not be one.</summary>
    public static bool TryParse(string? typed, out string code)
    {
        code = Text.Compact(typed).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        return code.Length == Length && code.All(c => Alphabet.Contains(c));
    }

    internal static string Random() => RandomNumberGenerator.GetString(Alphabet, Length);
}
