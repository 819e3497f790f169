using System.Security.Cryptography;
using System.Text;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>What a person shows at a window beside a case number: the end of the ID number (身份证号后六位).</summary>
internal static class IdEnding
{
    public const int Length = 6;

    public static bool Fits(string idNumber, string typed) => Same(idNumber[^Length..], typed);

    /// <summary>Compares in the same time for a near and a far miss.</summary>
    public static bool Same(string right, string typed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Text.Compact(typed).ToUpperInvariant()), Encoding.UTF8.GetBytes(right));
}
