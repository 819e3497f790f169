using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>The real registry, section <c>Identity:RealName</c>. Needed outside demo mode.</summary>
internal sealed class RealNameOptions
{
    public const string Section = "Identity:RealName";

    /// <summary>Address that takes one question as JSON by POST.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Names the key to the registry.</summary>
    public string KeyId { get; set; } = "";

    /// <summary>Shared secret of the signature.</summary>
    public string Secret { get; set; } = "";
}

/// <summary>
/// Posts <c>{"name","idNumber"}</c>, signed as <see cref="HttpSmsGateway"/> signs, and reads <c>{"matches": true}</c>.
/// </summary>
internal sealed class HttpRealNameRegistry(HttpClient client, IOptions<RealNameOptions> options, TimeProvider clock) : IRealNameRegistry
{
    public async Task<RealNameAnswer> Check(string name, ResidentId idNumber, CancellationToken ct)
    {
        var settings = options.Value;
        var endpoint = settings.Endpoint ?? throw new InvalidOperationException($"{RealNameOptions.Section}:Endpoint is not set.");
        var body = JsonSerializer.SerializeToUtf8Bytes(new { name, idNumber = idNumber.Number }, JsonSerializerOptions.Web);
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Key-Id", settings.KeyId);
        request.Headers.Add("X-Timestamp", timestamp);
        request.Headers.Add("X-Signature", HttpSmsGateway.Sign(settings.Secret, timestamp, body));
        using var response = await client.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Answer>(ct) ?? throw new HttpRequestException("Empty answer.");
        return new RealNameAnswer(answer.Matches, "registry");
    }

    private sealed record Answer(bool Matches);
}
