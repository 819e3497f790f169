using System.Globalization;
using System.Net.Http.Json;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Configuration;

namespace GaoXin.Portal.Cases.Prefill;

/// <summary>What the person told the portal before: the real-name account.</summary>
internal sealed class AccountSource : IPrefillSource
{
    public string Code => "account";

    public string Title => "您的账号";

    public Task<IReadOnlyDictionary<string, string>> Fetch(PrefillSubject subject, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["person.phone"] = subject.Phone });
}

/// <summary>Section <c>Sharing:Sources</c>: the addresses of the data-sharing platform, by source code.</summary>
internal sealed class SharingOptions
{
    public const string Section = "Sharing";

    public Dictionary<string, SharingSource> Sources { get; set; } = [];
}

/// <summary>One source of the sharing platform.</summary>
internal sealed class SharingSource
{
    public required Uri Endpoint { get; set; }

    /// <summary>Key of the request signature (HMAC-SHA256), base64.</summary>
    public required string SigningKey { get; set; }

    public required string Title { get; set; }
}

/// <summary>
/// A source of the data-sharing platform (政务数据共享) over HTTP: POST of the ID number and name, signed; the answer is a flat
/// JSON object by dictionary key. Time limits are the caller's.
/// </summary>
internal sealed class HttpPrefillSource(string code, SharingSource source, IHttpClientFactory clients, TimeProvider clock) : IPrefillSource
{
    public const string ClientName = "sharing";

    public string Code => code;

    public string Title => source.Title;

    public async Task<IReadOnlyDictionary<string, string>> Fetch(PrefillSubject subject, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, source.Endpoint)
        {
            Content = JsonContent.Create(new { subject.Name, subject.IdNumber }),
        };
        await SignedRequest.Sign(request, Convert.FromBase64String(source.SigningKey), clock.GetUtcNow(), ct);
        using var response = await clients.CreateClient(ClientName).SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Dictionary<string, string>>(ct) ?? [];
    }
}

/// <summary>The demo stand-in of 公安人口库: knows what the real-name account knows. Says so by its name.</summary>
internal sealed class DemoPersonRegister : IPrefillSource
{
    public const string SourceCode = "person-register";

    public string Code => SourceCode;

    public string Title => "公安人口库（演示）";

    public Task<IReadOnlyDictionary<string, string>> Fetch(PrefillSubject subject, CancellationToken ct)
    {
        var known = new Dictionary<string, string> { ["person.name"] = subject.Name, ["person.idNo"] = subject.IdNumber };
        if (ResidentId.TryParse(subject.IdNumber, out var id))
        {
            known["person.birthDate"] = id.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            known["person.gender"] = id.IsMale ? "male" : "female";
            known["person.idType"] = "resident-id";
        }

        return Task.FromResult<IReadOnlyDictionary<string, string>>(known);
    }
}

/// <summary>When a demo stand-in answers for a source.</summary>
public static class DemoSources
{
    /// <summary>True in demo mode while the real source has no address.</summary>
    public static bool UsesDemoSource(this IConfiguration configuration, string code) =>
        configuration.GetValue<bool>($"{PortalOptions.Section}:{nameof(PortalOptions.DemoMode)}")
        && !configuration.GetSection($"{SharingOptions.Section}:{nameof(SharingOptions.Sources)}:{code}").Exists();
}
