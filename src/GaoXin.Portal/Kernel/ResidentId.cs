namespace GaoXin.Portal.Kernel;

/// <summary>
/// A resident ID number (公民身份号码, GB 11643-1999): 18 characters with an ISO 7064 MOD 11-2 check character.
/// Birth date and sex derive from it: never ask for them again.
/// </summary>
public sealed record ResidentId
{
    private const string CheckCharacters = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private ResidentId(string number, DateOnly birthDate)
    {
        Number = number;
        BirthDate = birthDate;
    }

    /// <summary>The normalised number: 18 characters, X in upper case.</summary>
    public string Number { get; }

    /// <summary>The date of birth.</summary>
    public DateOnly BirthDate { get; }

    /// <summary>True for men: the 17th digit is odd.</summary>
    public bool IsMale => (Number[16] - '0') % 2 == 1;

    /// <summary>The masked form for pages: 4101**********2847.</summary>
    public string Masked => Masking.IdNumber(Number);

    /// <summary>Reads a typed number, with spaces, lower-case x or full-width digits. False when the check character or the date is wrong.</summary>
    public static bool TryParse(string? typed, out ResidentId id)
    {
        id = null!;
        var number = Text.Compact(typed).ToUpperInvariant();
        if (number.Length != 18 || !number.AsSpan(0, 17).ToString().All(char.IsAsciiDigit))
            return false;
        if (!DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", out var born))
            return false;
        if (CheckCharacter(number) != number[17])
            return false;
        id = new ResidentId(number, born);
        return true;
    }

    /// <summary>Age in whole years on a day.</summary>
    public int AgeOn(DateOnly day) => day.Year - BirthDate.Year - (day < BirthDate.AddYears(day.Year - BirthDate.Year) ? 1 : 0);

    /// <summary>Born on or before the day and not more than 130 years ago: a separate rule from the check character.</summary>
    public bool IsPlausibleOn(DateOnly day) => BirthDate <= day && AgeOn(day) <= 130;

    /// <summary>The check character of the first 17 digits.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += (digits[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }

    /// <summary>What to tell the person about a number that does not parse.</summary>
    public static string Explain(string? typed)
    {
        var number = Text.Compact(typed);
        return number.Length switch
        {
            0 => "请填写身份证号，18 位，最后一位可能是 X",
            15 => "请填写 18 位身份证号，15 位的旧号码已经停用",
            18 => "身份证号不对，请对照证件再看一遍，特别是出生日期和最后一位",
            _ => $"身份证号要 18 位，现在是 {number.Length} 位",
        };
    }

    /// <summary>Masked, so that a log line never holds the number.</summary>
    public override string ToString() => Masked;
}
