using System.Net.Http.Json;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.OneThing.Connectors;

/// <summary>An outside party that decides cases of a kind.</summary>
internal interface IPartyConnector
{
    /// <summary>The code that definitions name, for example <c>bank</c>.</summary>
    string Code { get; }

    /// <summary>Its name for people.</summary>
    string Title { get; }

    /// <summary>Hands over an order. Returns when the party has it; handing it over again is the same order.</summary>
    Task Place(PartyMessage message, CancellationToken ct);

    /// <summary>True when an answer was signed by the party, not more than five minutes ago.</summary>
    bool IsSigned(string time, string path, string body, string signature);
}

/// <summary>An order as a party reads it. It holds what the person answered: over TLS, never in a log.</summary>
internal sealed record PartyMessage(Guid Order, string Service, string CaseNumber, IReadOnlyDictionary<string, string> Answers, string AnswerTo)
{
    public override string ToString() => $"PartyMessage {Order}";
}

/// <summary>What a party answers.</summary>
internal sealed record PartyAnswer(Guid Order, bool Approved, string Opinion);

/// <summary>Where a party is and the key both sides sign with.</summary>
internal sealed class PartyOptions
{
    public const string Section = "OneThing:Parties";

    public string Title { get; set; } = "";

    /// <summary>Orders are posted to <c>{Address}/orders</c>.</summary>
    public string Address { get; set; } = "";

    /// <summary>HMAC key, base64.</summary>
    public string SigningKey { get; set; } = "";
}

/// <summary>The HTTP adapter of a party: <c>POST {address}/orders</c>, signed, with the order's id as <c>Idempotency-Key</c>.</summary>
internal sealed class HttpPartyConnector(string code, PartyOptions options, IHttpClientFactory clients, TimeProvider clock) : IPartyConnector
{
    public const string ClientName = "party";
    private readonly byte[] _key = Convert.FromBase64String(options.SigningKey);

    public string Code => code;

    public string Title => options.Title;

    public async Task Place(PartyMessage message, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.Address.TrimEnd('/')}/orders") { Content = JsonContent.Create(message) };
        request.Headers.Add("Idempotency-Key", message.Order.ToString());
        await SignedRequest.Sign(request, _key, clock.GetUtcNow(), ct);
        using var response = await clients.CreateClient(ClientName).SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
    }

    public bool IsSigned(string time, string path, string body, string signature) => SignedRequest.IsSigned(_key, time, path, body, signature, clock.GetUtcNow());
}

/// <summary>The parties this deployment talks to.</summary>
internal static class ConnectorServices
{
    /// <summary>Where the simulator listens in demo mode.</summary>
    public const string SimulatorAddress = "OneThing:Simulator:Address";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpClient(HttpPartyConnector.ClientName, client => client.Timeout = TimeSpan.FromSeconds(10));
        services.AddScoped<ICommandLineVerb, SimulatePartiesVerb>();
        services.AddScoped<Persistence.IPeriodicTask, RemindParties>();
        var configured = configuration.GetSection(PartyOptions.Section).Get<Dictionary<string, PartyOptions>>() ?? [];
        foreach (var (code, options) in configured)
            Register(services, code, options);
        if (!configuration.GetValue<bool>($"{PortalOptions.Section}:{nameof(PortalOptions.DemoMode)}") || configuration[SimulatorAddress] is not { Length: > 0 } simulator)
            return;
        foreach (var (code, title) in PartySimulator.Parties.Where(p => !configured.ContainsKey(p.Key)))
            Register(services, code, new PartyOptions { Title = title, Address = $"{simulator.TrimEnd('/')}/{code}", SigningKey = PartySimulator.DemoKey });
    }

    private static void Register(IServiceCollection services, string code, PartyOptions options) =>
        services.AddSingleton<IPartyConnector>(p => new HttpPartyConnector(code, options, p.GetRequiredService<IHttpClientFactory>(), p.GetRequiredService<TimeProvider>()));
}
