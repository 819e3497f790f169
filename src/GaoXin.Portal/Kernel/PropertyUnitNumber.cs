using System.Text.RegularExpressions;

namespace GaoXin.Portal.Kernel;

/// <summary>
/// A real-estate unit number (不动产单元号, GB/T 37346-2019): 28 characters, printed in four groups 6-6-7-9. Division 6,
/// cadastral district and sub-district 3+3, parcel 2 letters and 5 digits, fixture 1 letter and 8 digits; a parcel without a
/// fixture (W) ends in eight zeros. It has no check digit.
/// </summary>
public sealed partial record PropertyUnitNumber
{
    private const int Length = 28;
    private const char NoFixture = 'W';
    private const int FixtureAt = 19;

    private PropertyUnitNumber(string number) => Number = number;

    /// <summary>The stored form: 28 characters without spaces, letters in upper case.</summary>
    public string Number { get; }

    /// <summary>The printed form: 410172 001001 GB00001 F00010001.</summary>
    public string Display => $"{Number[..6]} {Number[6..12]} {Number[12..19]} {Number[19..]}";

    /// <summary>The building or room stays hidden: 410172 001001 GB00001 F********.</summary>
    public string Masked => $"{Number[..6]} {Number[6..12]} {Number[12..19]} {Number[FixtureAt]}********";

    /// <summary>Reads a typed number, with spaces, lower-case letters or full-width characters.</summary>
    public static bool TryParse(string? typed, out PropertyUnitNumber unit)
    {
        unit = null!;
        var number = Text.Compact(typed).ToUpperInvariant();
        if (!Shape().IsMatch(number) || number[..6] == "000000" || number[14..19] == "00000")
            return false;
        if (number[FixtureAt] == NoFixture && number[(FixtureAt + 1)..] != "00000000")
            return false;
        unit = new PropertyUnitNumber(number);
        return true;
    }

    /// <summary>What to tell the person about a number that does not parse.</summary>
    public static string Explain(string? typed)
    {
        var number = Text.Compact(typed).ToUpperInvariant();
        return number.Length switch
        {
            0 => "请填写不动产单元号，28 位，在不动产权证书第一页",
            Length when number[FixtureAt] == NoFixture => "第 20 位是 W（没有房屋），后面八位要都是 0，请对照证书再看一遍",
            Length => "不动产单元号不对，请对照证书再看一遍：前 12 位是数字，然后 2 个字母、5 个数字、1 个字母、8 个数字",
            _ => $"不动产单元号要 28 位，现在是 {number.Length} 位",
        };
    }

    /// <summary>Masked, so that a log line never holds the number.</summary>
    public override string ToString() => Masked;

    [GeneratedRegex("^[0-9]{12}[GJZ][A-Z][0-9]{5}[FLQW][0-9]{8}$")]
    private static partial Regex Shape();
}
