using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GaoXin.Portal.Kernel;

/// <summary>
/// Signs a request to an outside system: HMAC-SHA256 over the time, the path and the body, in the headers
/// <c>X-Portal-Time</c> (Unix seconds) and <c>X-Portal-Signature</c> (hex).
/// </summary>
internal static class SignedRequest
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static async Task Sign(HttpRequestMessage request, byte[] key, DateTimeOffset now, CancellationToken ct)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(ct);
        request.Headers.Add("X-Portal-Time", time);
        request.Headers.Add("X-Portal-Signature", Of(key, time, request.RequestUri!.AbsolutePath, body));
    }

    /// <summary>True when a request that came in bears this key's signature and a time not more than five minutes off.</summary>
    public static bool IsSigned(byte[] key, string time, string path, string body, string signature, DateTimeOffset now) =>
        long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= Skew
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(key, time, path, body)), Encoding.UTF8.GetBytes(signature));

    /// <summary>The signature of a request.</summary>
    public static string Of(byte[] key, string time, string path, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{time}\n{path}\n{body}")));
}
