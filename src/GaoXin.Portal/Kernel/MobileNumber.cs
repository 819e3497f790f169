namespace GaoXin.Portal.Kernel;

/// <summary>A mainland mobile number: 11 digits from 13 to 19. Spaces, hyphens, +86 and full-width digits are accepted.</summary>
public sealed record MobileNumber
{
    private MobileNumber(string digits) => Digits = digits;

    /// <summary>11 digits.</summary>
    public string Digits { get; }

    /// <summary>138****0000.</summary>
    public string Masked => Masking.Mobile(Digits);

    /// <summary>Reads a typed number.</summary>
    public static bool TryParse(string? typed, out MobileNumber number)
    {
        number = null!;
        var text = Text.Compact(typed).Replace("-", "", StringComparison.Ordinal);
        foreach (var prefix in (string[])["+86", "0086", "86"])
        {
            if (text.Length == 11 + prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal))
                text = text[prefix.Length..];
        }

        if (text.Length != 11 || text[0] != '1' || text[1] < '3' || !text.All(char.IsAsciiDigit))
            return false;
        number = new MobileNumber(text);
        return true;
    }

    /// <summary>Masked, so that a log line never holds the number.</summary>
    public override string ToString() => Masked;
}
