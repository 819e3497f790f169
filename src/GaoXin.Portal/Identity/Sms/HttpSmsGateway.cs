using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GaoXin.Portal.Kernel;
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

    /// <summary>Shared secret of the signature, as text.</summary>
    public string Secret { get; set; } = "";
}

/// <summary>
/// Posts <c>{"id","phone","text","sentAt"}</c> with the header X-Key-Id, signed as <see cref="SignedRequest"/> signs. Retries
/// and timeouts come from the client's resilience handler; the id makes them harmless.
/// </summary>
internal sealed class HttpSmsGateway(HttpClient client, IOptions<SmsOptions> options, TimeProvider clock) : ISmsGateway
{
    public async Task Send(SmsMessage message, CancellationToken ct)
    {
        var settings = options.Value;
        var endpoint = settings.Endpoint ?? throw new InvalidOperationException($"{SmsOptions.Section}:Endpoint is not set.");
        var body = new { id = message.Id, phone = message.PhoneNumber, text = message.Text, sentAt = clock.GetUtcNow() };
        using var request = await Signed(endpoint, body, settings.KeyId, settings.Secret, clock.GetUtcNow(), ct);
        using var response = await client.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A signed POST of one JSON body, as the gateway and the registry of real names take it.</summary>
    public static async Task<HttpRequestMessage> Signed(Uri endpoint, object body, string keyId, string secret, DateTimeOffset now, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Key-Id", keyId);
        await SignedRequest.Sign(request, Encoding.UTF8.GetBytes(secret), now, ct);
        return request;
    }
}
