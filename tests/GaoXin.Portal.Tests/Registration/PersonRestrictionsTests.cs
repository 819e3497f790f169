using System.Net;
using GaoXin.Portal.Registration;
using Microsoft.Extensions.Logging.Abstractions;

namespace GaoXin.Portal.Tests.Registration;

/// <summary>The list over HTTP against a server of our own: whatever it does, the answer is a number or “not known”.</summary>
public sealed class PersonRestrictionsTests
{
    private static readonly string[] Persons = [Filing.IdOfFirst, Filing.IdOfSecond];

    [Fact]
    public async Task The_number_of_hits_is_read_and_the_persons_are_asked_in_the_body_only()
    {
        await using var server = new FakeServer("""{"hits":1}""");
        (await Ask(server.Address)).Hits.ShouldBe(1);
        server.Body.ShouldContain(Filing.IdOfFirst);
        server.Body.ShouldContain($"\"on\":\"{Filing.Today:yyyy-MM-dd}\"");
        server.Target.ShouldNotContain(Filing.IdOfFirst);
    }

    [Theory]
    [InlineData("""{"hits":0}""", HttpStatusCode.InternalServerError)]
    [InlineData("<html>维护中</html>", HttpStatusCode.OK)]
    [InlineData("{}", HttpStatusCode.OK)]
    [InlineData("""{"hits":-1}""", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("null", HttpStatusCode.OK)]
    public async Task An_answer_that_makes_no_sense_is_no_answer(string body, HttpStatusCode status)
    {
        await using var server = new FakeServer(body, status);
        (await Ask(server.Address)).Hits.ShouldBeNull();
    }

    [Fact]
    public async Task A_dead_server_is_no_answer()
    {
        Uri address;
        await using (var server = new FakeServer("{}"))
            address = server.Address;
        (await Ask(address)).Hits.ShouldBeNull();
    }

    [Fact]
    public async Task A_silent_server_is_given_up_after_the_time_limit()
    {
        await using var server = new FakeServer(body: null);
        (await Ask(server.Address, TimeSpan.FromMilliseconds(200))).Hits.ShouldBeNull();
    }

    private static async Task<RestrictionAnswer> Ask(Uri address, TimeSpan? limit = null)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = limit ?? TimeSpan.FromSeconds(10) };
        return await new HttpPersonRestrictions(http, NullLogger<HttpPersonRestrictions>.Instance).Look(Persons, Filing.Today, TestContext.Current.CancellationToken);
    }
}
