using System.Globalization;
using System.Text.Json;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Tests.Identity;

/// <summary>The adapters of the SMS gateway and the registry of real names against real servers on the loopback.</summary>
public sealed class OutsideSystemTests(PortalHost host) : IClassFixture<PortalHost>
{
    private const string Secret = "共享密钥-of-the-test";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_arrives_signed_and_once_though_the_first_try_failed()
    {
        await using var server = await OutsideServer.StartAsync();
        server.FailWith(503);
        var message = new SmsMessage(Guid.CreateVersion7(), "13800000001", "验证码 123456");
        await Gateway(server, "/sms/send").Send(message, Ct);

        server.Requests.Count.ShouldBe(2);
        var request = server.Requests[^1];
        using var body = JsonDocument.Parse(request.Body);
        body.RootElement.GetProperty("id").GetGuid().ShouldBe(message.Id);
        body.RootElement.GetProperty("phone").GetString().ShouldBe("13800000001");
        body.RootElement.GetProperty("text").GetString().ShouldBe("验证码 123456");
        (request.Path, request.ContentType, request.Headers["X-Key-Id"]).ShouldBe(("/sms/send", "application/json", "key-1"));
        request.Headers["X-Portal-Time"].ShouldBe(host.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers["X-Portal-Signature"].ShouldBe(request.SignatureWith(Secret));
        request.SignatureWith("another").ShouldNotBe(request.SignatureWith(Secret));
    }

    [Fact]
    public async Task A_gateway_that_refuses_is_a_failure_without_number_and_text()
    {
        await using var server = await OutsideServer.StartAsync();
        server.FailWith(400);
        var error = await Should.ThrowAsync<HttpRequestException>(() => Gateway(server, "/").Send(new SmsMessage(Guid.CreateVersion7(), "13800000001", "验证码 123456"), Ct));
        error.ToString().ShouldNotContain("13800000001");
        error.ToString().ShouldNotContain("123456");
    }

    [Theory]
    [InlineData("""{"matches": true}""", true)]
    [InlineData("""{"matches": false}""", false)]
    public async Task The_registry_is_asked_signed_and_its_answer_taken(string answer, bool matches)
    {
        await using var server = await OutsideServer.StartAsync(answer);
        ResidentId.TryParse(IdentityHost.NewIdNumber(), out var id);
        var answered = await Registry(server).Check("演示甲", id, Ct);

        (answered.Matches, answered.Method).ShouldBe((matches, "registry"));
        var request = server.Requests.ShouldHaveSingleItem();
        using var body = JsonDocument.Parse(request.Body);
        body.RootElement.GetProperty("name").GetString().ShouldBe("演示甲");
        body.RootElement.GetProperty("idNumber").GetString().ShouldBe(id.Number);
        request.Headers["X-Portal-Signature"].ShouldBe(request.SignatureWith(Secret));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>")]
    public async Task A_registry_that_answers_nonsense_did_not_say_yes(string answer)
    {
        await using var server = await OutsideServer.StartAsync(answer);
        ResidentId.TryParse(IdentityHost.NewIdNumber(), out var id);
        await Should.ThrowAsync<HttpRequestException>(() => Registry(server).Check("演示甲", id, Ct));
    }

    private HttpSmsGateway Gateway(OutsideServer server, string path) => new(
        Client<HttpSmsGateway>(), Options.Create(new SmsOptions { Endpoint = new Uri(server.Address, path), KeyId = "key-1", Secret = Secret }), host.Clock);

    private HttpRealNameRegistry Registry(OutsideServer server) => new(
        Client<HttpRealNameRegistry>(), Options.Create(new RealNameOptions { Endpoint = new Uri(server.Address, "/check"), KeyId = "key-2", Secret = Secret }), host.Clock);

    /// <summary>The client as the program configures it, with its retries; they wait by the real clock.</summary>
    private static HttpClient Client<T>()
        where T : class
    {
        var services = new ServiceCollection();
        services.AddHttpClient(typeof(T).Name).AddStandardResilienceHandler();
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(typeof(T).Name);
    }
}
