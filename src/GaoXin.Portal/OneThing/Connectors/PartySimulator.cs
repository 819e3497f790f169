using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.OneThing.Connectors;

/// <summary>
/// Stands in for the outside parties in demo mode and in tests, as a program of its own: takes signed orders under their key, once, and
/// answers by a signed webhook. <c>POST /{party}/down</c> and <c>/up</c> make a party fail and recover.
/// </summary>
internal sealed class PartySimulator(Func<HttpClient> callback, TimeProvider clock, string? answerHost = null)
{
    /// <summary>A published key: it guards nothing but the demo.</summary>
    public const string DemoKey = "Z2FveGluLWRlbW8tcGFydGllcy1rZXktMDAwMDAwMDE=";

    /// <summary>The parties it plays.</summary>
    public static IReadOnlyDictionary<string, string> Parties { get; } = new Dictionary<string, string>
    {
        ["bank"] = "商业银行（演示）",
        ["tax"] = "税务局（演示）",
        ["social-insurance"] = "社保经办（演示）",
        ["housing-fund"] = "公积金中心（演示）",
        ["water"] = "供水公司（演示）",
        ["power"] = "供电公司（演示）",
        ["gas"] = "燃气公司（演示）",
        ["heat"] = "热力公司（演示）",
    };

    private readonly byte[] _key = Convert.FromBase64String(DemoKey);
    private readonly ConcurrentDictionary<string, bool> _down = new();
    private readonly ConcurrentDictionary<Guid, (string Party, PartyMessage Message, int Times)> _orders = new();
    private readonly ConcurrentQueue<Task> _answers = new();

    /// <summary>How often each order came, by party.</summary>
    public IEnumerable<(string Party, string CaseNumber, int Times)> Received => _orders.Values.Select(o => (o.Party, o.Message.CaseNumber, o.Times));

    public void Down(string party, bool down) => _down[party] = down;

    /// <summary>Waits until all answers have been delivered.</summary>
    public async Task Idle()
    {
        while (_answers.TryDequeue(out var answer))
            await answer;
    }

    /// <summary>The program on an address.</summary>
    public WebApplication Build(string address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address);
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.UseRouting();
        app.MapPost("/{party}/orders", Take);
        app.MapPost("/{party}/down", (string party) => Down(party, true));
        app.MapPost("/{party}/up", (string party) => Down(party, false));
        return app;
    }

    private async Task<IResult> Take(string party, HttpRequest request)
    {
        if (_down.GetValueOrDefault(party))
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        if (!SignedRequest.IsSigned(_key, request.Headers["X-Portal-Time"].ToString(), request.Path, body, request.Headers["X-Portal-Signature"].ToString(), clock.GetUtcNow()))
            return Results.Unauthorized();
        var message = JsonSerializer.Deserialize<PartyMessage>(body, JsonSerializerOptions.Web)!;
        if (request.Headers["Idempotency-Key"] != message.Order.ToString())
            return Results.BadRequest();
        _orders.AddOrUpdate(message.Order, (party, message, 1), (_, known) => known with { Times = known.Times + 1 });
        // Under a key that is known only the answer goes out again: the work was done once.
        _answers.Enqueue(Task.Run(() => Answer(party, message), CancellationToken.None));
        return Results.Accepted();
    }

    /// <summary>What is refused is fixed, so that a demonstration can show it: a basic account on the first of a month.</summary>
    private async Task Answer(string party, PartyMessage message)
    {
        var refused = message.Answers.GetValueOrDefault("bankAccount.visitOn")?.EndsWith("-01", StringComparison.Ordinal) ?? false;
        var answer = new PartyAnswer(message.Order, !refused, refused ? "约的那天网点不办公，请换一天再约。" : "资料核对无误，已办好。");
        var target = new Uri(message.AnswerTo);
        if (answerHost is not null)
            target = new Uri(new Uri(answerHost), target.AbsolutePath);
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = JsonContent.Create(answer) };
        await SignedRequest.Sign(request, _key, clock.GetUtcNow(), CancellationToken.None);
        using var client = callback();
        try
        {
            using var response = await client.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            // The portal asks again under the same key.
        }
    }
}

/// <summary><c>parties simulate</c>: the outside parties of the demo as a program of its own.</summary>
internal sealed class SimulatePartiesVerb(TimeProvider clock) : ICommandLineVerb
{
    public string Name => "parties";

    public IReadOnlyList<string> Usage => ["parties simulate [address] [portal]    plays bank, tax and utilities for the demo, answers to the portal's address"];

    public bool NeedsDatabase(string[] arguments) => false;

    public async Task<int> Run(string[] arguments, TextWriter output, CancellationToken ct)
    {
        if (arguments is not ["simulate", ..])
        {
            await output.WriteLineAsync(Usage[0]);
            return 2;
        }

        var address = arguments.ElementAtOrDefault(1) ?? "http://127.0.0.1:5690";
        await using var app = new PartySimulator(() => new HttpClient(), clock, arguments.ElementAtOrDefault(2)).Build(address);
        await app.StartAsync(ct);
        await output.WriteLineAsync($"Simulated parties at {address}");
        await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
}
