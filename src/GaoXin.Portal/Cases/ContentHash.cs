using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Cases;

/// <summary>
/// The fingerprint of answers as it is stored beside a case in clear, in signatures and in the event chain: keyed, because
/// who reads the tables could else try names and ID numbers until a plain hash fits.
/// </summary>
internal static class ContentHash
{
    private const string Kind = "case-answers";

    /// <summary>64 hexadecimal characters.</summary>
    public static string Of(Answers answers, PersonalDataCipher cipher) => Convert.ToHexStringLower(cipher.Hash(answers.ToJson(), Kind));
}
