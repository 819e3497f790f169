using System.Globalization;
using System.Security.Cryptography;

namespace GaoXin.Portal.Kernel;

/// <summary>A code of six digits that a person reads from a message (验证码, 取件码), kept as a keyed hash bound to its row and its purpose.</summary>
internal static class OneTimeCode
{
    public static string Draw() => RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture);

    public static byte[] Hash(Guid id, string code, string purpose, PersonalDataCipher cipher) => cipher.Hash($"{id:N}:{code}", purpose);

    /// <summary>True when this is the code; takes the same time for a near and a far miss.</summary>
    public static bool Is(byte[] hash, Guid id, string code, string purpose, PersonalDataCipher cipher) =>
        CryptographicOperations.FixedTimeEquals(hash, Hash(id, code, purpose, cipher));
}
