using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GaoXin.Portal.Identity;

/// <summary>Time-based one-time codes (RFC 6238): SHA-1, 30 seconds, 6 digits, as every authenticator app makes them.</summary>
internal static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int SecretLength = 20;
    private const int Period = 30;
    private const int Drift = 1;

    public static string NewSecret()
    {
        var text = new StringBuilder();
        var bytes = RandomNumberGenerator.GetBytes(SecretLength);
        for (var bit = 0; bit < bytes.Length * 8; bit += 5)
            text.Append(Base32[Five(bytes, bit)]);
        return text.ToString();
    }

    public static string Code(string secret, DateTimeOffset now) => At(Decode(secret), Step(now));

    /// <summary>The time step whose code this is, one step early or late allowed, or null.</summary>
    public static long? FindStep(string secret, string code, DateTimeOffset now)
    {
        var (key, typed, current) = (Decode(secret), Encoding.ASCII.GetBytes(code), Step(now));
        long? found = null;
        for (var step = current - Drift; step <= current + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(key, step)), typed))
                found = step;
        }

        return found;
    }

    /// <summary>What an authenticator app scans.</summary>
    public static string Address(string account, string secret) =>
        $"otpauth://totp/{Uri.EscapeDataString($"GaoXin.Portal:{account}")}?secret={secret}&issuer=GaoXin.Portal&digits=6&period={Period}";

    private static long Step(DateTimeOffset now) => now.ToUnixTimeSeconds() / Period;

#pragma warning disable CA5350 // RFC 6238 as authenticator apps implement it; HMAC-SHA-1 is not broken.
    private static string At(byte[] key, long step)
    {
        var counter = BitConverter.GetBytes(step);
        Array.Reverse(counter);
        var hash = HMACSHA1.HashData(key, counter);
        var offset = hash[^1] & 0x0F;
        var number = ((hash[offset] & 0x7F) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    private static byte[] Decode(string secret)
    {
        var bytes = new byte[secret.Length * 5 / 8];
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            if ((Base32.IndexOf(secret[i / 5]) >> (4 - i % 5) & 1) == 1)
                bytes[i / 8] |= (byte)(0x80 >> (i % 8));
        }

        return bytes;
    }

    private static int Five(byte[] bytes, int bit)
    {
        var value = 0;
        for (var i = bit; i < bit + 5; i++)
            value = value << 1 | bytes[i / 8] >> (7 - i % 8) & 1;
        return value;
    }
}
