using System.Net;
using System.Text.Json;
using GaoXin.Portal.TestKit;
using Microsoft.Net.Http.Headers;

namespace GaoXin.Portal.Web.Tests.Api;

public sealed class ApiTests(PortalWebFactory portal) : IClassFixture<PortalWebFactory>
{
    [Fact]
    public async Task A_guide_has_its_materials_limits_and_places()
    {
        var guide = await Json("/api/v1/services/elder-card");

        guide.GetProperty("title").GetString().ShouldBe("老年人优待证办理");
        guide.GetProperty("department").GetProperty("title").GetString().ShouldBe("民政局");
        guide.GetProperty("nature").GetProperty("handling").GetString().ShouldBe("instant");
        guide.GetProperty("clock").GetProperty("promisedDays").GetInt32().ShouldBe(0);
        guide.GetProperty("materials").EnumerateArray().ShouldHaveSingleItem().GetProperty("waiver").GetString().ShouldBe("shared");
        guide.GetProperty("places").EnumerateArray().ShouldNotBeEmpty();
        guide.GetProperty("startUrl").GetString().ShouldEndWith("/cases/start/elder-card");
    }

    [Fact]
    public async Task A_list_has_what_the_mini_program_asks_for()
    {
        var list = await Json("/api/v1/services?q=%E4%BC%98%E5%BE%85%E8%AF%81&audience=person&department=civil-affairs&level=street&instant=true&page=1&pageSize=5");

        list.GetProperty("total").GetInt32().ShouldBe(list.GetProperty("items").GetArrayLength());
        var card = list.GetProperty("items").EnumerateArray().Single(s => s.GetProperty("code").GetString() == "elder-card");
        string[] asked = ["code", "title", "department", "level", "handlingType", "promisedDays", "visits", "online", "bookable", "url"];
        asked.Except(card.EnumerateObject().Select(p => p.Name)).ShouldBeEmpty();
        (card.GetProperty("level").GetString(), card.GetProperty("handlingType").GetString(), card.GetProperty("online").GetBoolean()).ShouldBe(("street", "instant", true));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        var first = await Json("/api/v1/services?pageSize=100");
        var second = await Json("/api/v1/services?pageSize=100&page=2");

        var codes = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(s => s.GetProperty("code").GetString()).ToList();
        codes.Distinct().Count().ShouldBe(first.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("page=abc", "page")]
    [InlineData("page=0", "page")]
    [InlineData("pageSize=101", "pageSize")]
    [InlineData("level=galaxy", "level")]
    [InlineData("audience=2", "audience")]
    public async Task A_malformed_question_names_its_field(string query, string field)
    {
        var problem = await Problem(await Get($"/api/v1/services?{query}"), HttpStatusCode.BadRequest);

        problem.GetProperty("code").GetString().ShouldBe("malformed");
        problem.GetProperty("errors").GetProperty(field).EnumerateArray().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("q=%25_%27%22%F0%9F%98%80%00")]
    [InlineData("department=%00&theme=nowhere")]
    public async Task Odd_words_are_answered(string query) => (await Json($"/api/v1/services?{query}")).GetProperty("total").GetInt32().ShouldBe(0);

    [Fact]
    public async Task The_readable_page_shows_every_endpoint_and_problem()
    {
        var page = (await portal.Browse().Get("/developers")).ShouldBeOk();

        page.MainText.ShouldContain("/api/v1/services/{code}");
        page.MainText.ShouldContain("pageSize");
        page.Document.QuerySelector("#not-found").ShouldNotBeNull();
        page.Document.QuerySelectorAll("main a[href^='#']").ShouldAllBe(a => page.Document.QuerySelector(a.GetAttribute("href")!) != null);
    }

    [Fact]
    public async Task An_answer_that_did_not_change_is_not_sent_again()
    {
        var first = await Get("/api/v1/services/elder-card");
        first.Headers.CacheControl!.ToString().ShouldBe("public, max-age=60");
        var tag = first.Headers.ETag!.ToString();

        var again = await Get("/api/v1/services/elder-card", tag);

        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await again.Content.ReadAsStringAsync()).ShouldBeEmpty();
        (await Get("/api/v1/services/elder-card", "\"another\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/v1/services/no-such-service")]
    [InlineData("/api/v1/nothing/here")]
    public async Task What_is_not_there_is_told_in_problem_details(string address)
    {
        var problem = await Problem(await Get(address), HttpStatusCode.NotFound);

        problem.GetProperty("code").GetString().ShouldBe("not-found");
        problem.GetProperty("title").GetString().ShouldBe("没有找到");
        problem.GetProperty("type").GetString().ShouldBe("/developers#not-found");
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task The_description_lists_the_endpoints_and_nothing_else()
    {
        var document = await Json("/openapi/v1.json");

        document.GetProperty("openapi").GetString().ShouldStartWith("3.");
        document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ShouldAllBe(p => p.StartsWith("/api/v1/"));
        document.GetProperty("paths").GetProperty("/api/v1/services/{code}").GetProperty("get").GetProperty("summary").GetString().ShouldBe("一个事项的办事指南");
        var level = document.GetProperty("components").GetProperty("schemas").GetProperty("CodedOfItemLevel");
        level.GetProperty("type").GetString().ShouldBe("string");
        level.GetProperty("enum").EnumerateArray().Select(v => v.GetString()).ShouldBe(["district", "street", "community"]);
    }

    [Fact]
    public async Task The_answer_of_a_signed_in_person_is_kept_by_no_cache()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/services/elder-card");
        (await portal.Browse(TestUsers.Citizen()).Send(request)).Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private async Task<HttpResponseMessage> Get(string address, string? tag = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation(HeaderNames.IfNoneMatch, tag);
        return await portal.Browse().Send(request);
    }

    private async Task<JsonElement> Json(string address)
    {
        var answer = await Get(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task<JsonElement> Problem(HttpResponseMessage answer, HttpStatusCode status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, body);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return JsonDocument.Parse(body).RootElement;
    }
}
