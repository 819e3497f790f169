using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>The real gateway, section <c>Identity:Sms</c>. Needed outside demo mode.</summary>
internal sealed class SmsOptions
{
    public const string Section = "Identity:Sms";

    /// <summary>Address that takes one message as JSON by POST.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Names the key to the gateway.</summary>
    public string KeyId { get; set; } = "";

    /// <summary>Shared secret of the signature.</summary>
    public string Secret { get; set; } = "";
}

/// <summary>
/// Posts <c>{"id","phone","text","sentAt"}</c> with the headers X-Key-Id, X-Timestamp (Unix seconds) and X-Signature:
/// hex HMAC-SHA256 of timestamp, line feed and body. Retries and timeouts come from the client's resilience handler;
/// the id makes them harmless.
/// </summary>
internal sealed class HttpSmsGateway(HttpClient client, IOptions<SmsOptions> options, TimeProvider clock) : ISmsGateway
{
    public async Task Send(SmsMessage message, CancellationToken ct)
    {
        var settings = options.Value;
        var endpoint = settings.Endpoint ?? throw new InvalidOperationException($"{SmsOptions.Section}:Endpoint is not set.");
        var now = clock.GetUtcNow();
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { id = message.Id, phone = message.PhoneNumber, text = message.Text, sentAt = now }, JsonSerializerOptions.Web);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Key-Id", settings.KeyId);
        request.Headers.Add("X-Timestamp", timestamp);
        request.Headers.Add("X-Signature", Sign(settings.Secret, timestamp, body));
        using var response = await client.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
    }

    public static string Sign(string secret, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp + "\n"), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
