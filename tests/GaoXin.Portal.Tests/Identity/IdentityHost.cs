using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Identity;

/// <summary>A host whose messages and registry are recorded. Every test makes persons of its own.</summary>
public sealed partial class IdentityHost : PortalHost
{
    private static int _person;

    internal RecordedSms Sms { get; } = new();

    internal RecordedRegistry Registry { get; } = new();

    protected override void Configure(IDictionary<string, string?> settings)
    {
        settings["Identity:Limits:CodesPerAddressIn10Minutes"] = "100000";
        settings["Identity:Limits:TriesPerAddressIn10Minutes"] = "100000";
    }

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton<ISmsGateway>(Sms);
        services.AddSingleton<IRealNameRegistry>(Registry);
    }

    internal static string NewPhone() => string.Create(CultureInfo.InvariantCulture, $"199{Interlocked.Increment(ref _person):00000000}");

    internal static string NewIdNumber()
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"41010219{60 + Interlocked.Increment(ref _person) / 1000 % 40:00}0315{_person % 1000:000}");
        return body + ResidentId.CheckCharacter(body);
    }

    /// <summary>Asks for a code and reads it from the message that went out.</summary>
    internal async Task<string> NewCode(string phone)
    {
        await Send(new RequestSignInCode { Phone = phone });
        await DrainOutbox();
        return SixDigits().Match(Sms.LastTo(phone)).Value;
    }

    /// <summary>Signs a new citizen in.</summary>
    internal async Task<TestUser> NewCitizen(string? phone = null)
    {
        phone ??= NewPhone();
        var outcome = await Send(new SignInWithCode { Phone = phone, Code = await NewCode(phone) });
        return TestUsers.Citizen(outcome.AccountId);
    }

    /// <summary>Signs a new citizen in and does 实名.</summary>
    internal async Task<TestUser> NewVerifiedCitizen(string idNumber, string? phone = null)
    {
        var citizen = await NewCitizen(phone);
        await As(citizen).Send(new VerifyRealName { Name = "演示甲", IdNumber = idNumber });
        return citizen;
    }

    /// <summary>Does something in a request from this address.</summary>
    internal async Task<T> From<T>(string address, Func<Task<T>> work)
    {
        var http = Services.GetRequiredService<IHttpContextAccessor>();
        http.HttpContext = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        try
        {
            return await work();
        }
        finally
        {
            http.HttpContext = null;
        }
    }

    internal static string WrongCode(string code) => code == "000000" ? "000001" : "000000";

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();
}

internal sealed class RecordedSms : ISmsGateway
{
    private readonly ConcurrentQueue<SmsMessage> _sent = new();

    public Task Send(SmsMessage message, CancellationToken ct)
    {
        _sent.Enqueue(message);
        return Task.CompletedTask;
    }

    public int CountTo(string phone) => _sent.Count(m => m.PhoneNumber == phone);

    public string LastTo(string phone) => _sent.Last(m => m.PhoneNumber == phone).Text;
}

internal sealed class RecordedRegistry : IRealNameRegistry
{
    public Task<RealNameAnswer> Check(string name, ResidentId idNumber, CancellationToken ct) => name switch
    {
        "演示错" => Task.FromResult(new RealNameAnswer(false, "test")),
        "演示断" => throw new HttpRequestException("The registry is down."),
        _ => Task.FromResult(new RealNameAnswer(true, "test")),
    };
}

internal static class Refused
{
    public static async Task<string> Code(Func<Task> act) => (await Should.ThrowAsync<RefusedException>(act)).Refusals.Single().Code;
}
