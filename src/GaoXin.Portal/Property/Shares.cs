using System.Numerics;

namespace GaoXin.Portal.Property;

/// <summary>Shares of co-owners by fractions (按份共有): exact, because a third three times is a whole.</summary>
internal static class Shares
{
    private const int MostDigits = 6;

    /// <summary>Reads 1/3, 40% or 1; null when it is no share between nothing and a whole.</summary>
    public static (BigInteger Numerator, BigInteger Denominator)? Parse(string? typed)
    {
        var text = Kernel.Text.Compact(typed);
        var parts = text.EndsWith('%') ? [text[..^1], "100"] : text.Split('/');
        if (parts is [var whole])
            parts = [whole, "1"];
        if (parts.Length != 2 || parts.Any(p => p.Length is 0 or > MostDigits || !p.All(char.IsAsciiDigit)))
            return null;
        var (numerator, denominator) = (BigInteger.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), BigInteger.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        return numerator > 0 && denominator > 0 && numerator <= denominator ? (numerator, denominator) : null;
    }

    /// <summary>Whether the shares make a whole.</summary>
    public static bool AreWhole(IEnumerable<(BigInteger Numerator, BigInteger Denominator)> shares)
    {
        var sum = shares.Aggregate((Numerator: BigInteger.Zero, Denominator: BigInteger.One), (a, b) => (a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator));
        return sum.Numerator == sum.Denominator;
    }
}
