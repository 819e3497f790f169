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
        var body = new { name, idNumber = idNumber.Number };
        using var request = await HttpSmsGateway.Signed(endpoint, body, settings.KeyId, settings.Secret, clock.GetUtcNow(), ct);
        using var response = await client.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        return new RealNameAnswer((await Read(response, ct)).Matches, "registry");
    }

    private static async Task<Answer> Read(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<Answer>(ct) ?? throw new HttpRequestException("Empty answer.");
        }
        catch (JsonException)
        {
            // Without the inner exception: it may quote what was answered.
            throw new HttpRequestException("The answer is no JSON.");
        }
    }

    private sealed record Answer(bool Matches);
}
