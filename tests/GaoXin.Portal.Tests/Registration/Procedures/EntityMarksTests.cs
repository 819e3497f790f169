using System.Net;
using GaoXin.Portal.Registration.Procedures;
using Microsoft.Extensions.Logging.Abstractions;

namespace GaoXin.Portal.Tests.Registration.Procedures;

/// <summary>The registers of marks over HTTP against a server of our own: whatever it does, the answer is a list or “not known”.</summary>
public sealed class EntityMarksTests
{
    private const string CreditCode = "91410100MA0000015B";

    [Fact]
    public async Task The_marks_are_read_and_the_code_is_asked_in_the_body()
    {
        await using var server = new FakeServer("""{"marks":["Abnormal","TaxOwed"]}""");
        (await Ask(server.Address)).Marks.ShouldBe([EntityMarkKind.Abnormal, EntityMarkKind.TaxOwed]);
        server.Body.ShouldBe($$"""{"creditCode":"{{CreditCode}}"}""");
    }

    [Fact]
    public async Task No_mark_is_an_answer()
    {
        await using var server = new FakeServer("""{"marks":[]}""");
        (await Ask(server.Address)).Marks.ShouldNotBeNull().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"marks":[]}""", HttpStatusCode.InternalServerError)]
    [InlineData("<html>维护中</html>", HttpStatusCode.OK)]
    [InlineData("{}", HttpStatusCode.OK)]
    [InlineData("""{"marks":["Unheard"]}""", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("null", HttpStatusCode.OK)]
    public async Task An_answer_that_makes_no_sense_is_no_answer(string body, HttpStatusCode status)
    {
        await using var server = new FakeServer(body, status);
        (await Ask(server.Address)).Marks.ShouldBeNull();
    }

    [Fact]
    public async Task A_dead_server_is_no_answer()
    {
        Uri address;
        await using (var server = new FakeServer("{}"))
            address = server.Address;
        (await Ask(address)).Marks.ShouldBeNull();
    }

    [Fact]
    public async Task A_silent_server_is_given_up_after_the_time_limit()
    {
        await using var server = new FakeServer(body: null);
        (await Ask(server.Address, TimeSpan.FromMilliseconds(200))).Marks.ShouldBeNull();
    }

    private static async Task<EntityMarksAnswer> Ask(Uri address, TimeSpan? limit = null)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = limit ?? TimeSpan.FromSeconds(10) };
        return await new HttpEntityMarks(http, NullLogger<HttpEntityMarks>.Instance).Look(CreditCode, TestContext.Current.CancellationToken);
    }
}
