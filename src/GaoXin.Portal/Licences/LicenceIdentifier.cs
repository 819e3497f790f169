using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Licences;

/// <summary>
/// The identifier of an electronic licence (电子证照标识, GB/T 36904-2018): root, type code, issuer, serial, version and
/// an ISO 7064 MOD 37,36 check character over all parts without the dots.
/// </summary>
public static class LicenceIdentifier
{
    private const string Root = "1.2.156.3005.2";

    /// <summary>Composes an identifier. Version counts from 1 and is written with three digits.</summary>
    public static string Compose(string typeCode, string issuerCode, string serial, int version)
    {
        if (typeCode.Length != 21 || issuerCode.Length != 18 || serial.Length == 0 || version is < 1 or > 999)
            throw new ArgumentException("A type code of 21, an issuer code of 18 characters, a serial and a version 1..999 are needed.");
        var body = $"{typeCode}.{issuerCode}.{serial}.{version:000}";
        return $"{Root}.{body}.{CheckCharacter.Of(body)}";
    }

    /// <summary>True when the parts have the right lengths and the check character is right.</summary>
    public static bool IsRight(string identifier)
    {
        if (!identifier.StartsWith(Root + ".", StringComparison.Ordinal))
            return false;
        var parts = identifier[(Root.Length + 1)..].Split('.');
        return parts.Length == 5 && parts[0].Length == 21 && parts[1].Length == 18 && parts[2].Length > 0 && parts[3].Length == 3
            && parts[4].Length == 1 && CheckCharacter.IsRight(string.Concat(parts));
    }
}
