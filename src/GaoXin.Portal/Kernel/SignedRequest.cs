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
    public static async Task Sign(HttpRequestMessage request, byte[] key, DateTimeOffset now, CancellationToken ct)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(ct);
        request.Headers.Add("X-Portal-Time", time);
        request.Headers.Add("X-Portal-Signature", Of(key, time, request.RequestUri!.AbsolutePath, body));
    }

    /// <summary>The signature of a request, also to check one that came in.</summary>
    public static string Of(byte[] key, string time, string path, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{time}\n{path}\n{body}")));
}
