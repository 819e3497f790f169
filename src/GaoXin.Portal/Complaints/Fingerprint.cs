using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Complaints;

/// <summary>How alike two texts are, without keeping either: keyed hashes of pairs of characters. Pure but for the key.</summary>
internal static class Fingerprint
{
    private const int Most = 300;

    public static int[] Of(PersonalDataCipher cipher, string text)
    {
        var plain = string.Concat(PublicText.Of(text).EnumerateRunes().Where(r => System.Text.Rune.IsLetter(r)).Select(r => r.ToString()));
        return [.. Text.Pairs(plain).Take(Most).Select(p => BitConverter.ToInt32(cipher.Hash(p, "complaint-pair"))).Distinct().Order()];
    }

    /// <summary>From 0, nothing in common, to 1, the same pairs.</summary>
    public static double Likeness(int[] a, int[] b)
    {
        if (a.Length == 0 || b.Length == 0)
            return 0;
        var common = a.Intersect(b).Count();
        return (double)common / Math.Min(a.Length, b.Length);
    }
}
