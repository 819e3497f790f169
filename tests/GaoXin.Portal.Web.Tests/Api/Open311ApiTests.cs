using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Staff;

namespace GaoXin.Portal.Web.Tests.Api;

/// <summary>The subset of Open311 GeoReport v2, as a registered program uses it.</summary>
public sealed class Open311ApiTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    private const string Root = "/api/v1/open311";
    private const string Name = "演示庚某";
    private const string Phone = "13788880001";
    private const string Place = "某小区3号楼2单元1204室";

    [Fact]
    public async Task A_report_is_filed_followed_and_published_without_a_word_about_the_person()
    {
        var key = await Key(100);
        var receipt = (await Json(await File(key)))[0];
        receipt.GetProperty("expected_datetime").GetDateTimeOffset().ShouldBeGreaterThan(web.Clock.GetUtcNow());
        var id = receipt.GetProperty("service_request_id").GetGuid();
        await web.DrainOutbox();

        var mine = (await Json(await Get($"requests/{id}.json?api_key={key}")))[0];
        (mine.GetProperty("status").GetString(), mine.GetProperty("status_notes").GetString(), mine.GetProperty("agency_responsible").GetString()).ShouldBe(("open", "待签收", "城市管理局"));
        mine.GetProperty("expected_datetime").GetDateTimeOffset().ShouldBeGreaterThan(web.Clock.GetUtcNow());
        mine.GetProperty("description").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Json(await Get($"requests.json?api_key={key}"))).EnumerateArray().ShouldHaveSingleItem().GetProperty("service_request_id").GetGuid().ShouldBe(id);
        (await Get($"requests/{id}.json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get($"requests/{id}.json?api_key={await Key(1)}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await Publish(id);
        var open = await (await Get($"requests/{id}.xml")).Content.ReadAsStringAsync();
        XDocument.Parse(open).Root!.Element("request")!.Element("description")!.Value.ShouldContain("路灯坏了");
        foreach (var address in (string[])[$"requests/{id}.json", $"requests/{id}.xml", "requests.json", "requests.xml", $"requests.json?api_key={key}", $"requests.xml?api_key={key}&status=open"])
        {
            var answer = await (await Get(address)).Content.ReadAsStringAsync();
            answer.ShouldContain(id.ToString(), customMessage: address);
            ((string[])[Name, Phone, "1204", "3号楼"]).Where(answer.Contains).ShouldBeEmpty(address);
        }
    }

    [Fact]
    public async Task Services_are_the_topics_in_json_and_xml()
    {
        var json = await Json(await Get("services.json"));
        json.EnumerateArray().Select(s => s.GetProperty("service_code").GetString()).ShouldContain("street-light");
        var xml = XDocument.Parse(await (await Get("services.xml")).Content.ReadAsStringAsync());
        xml.Root!.Elements("service").Count().ShouldBe(json.GetArrayLength());
        (await Get("services.yaml")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("wrong", "street-light", "路口的路灯坏了三天，晚上看不见。", HttpStatusCode.Forbidden)]
    [InlineData("", "street-light", "路口的路灯坏了三天，晚上看不见。", HttpStatusCode.Forbidden)]
    [InlineData(null, "no-such-topic", "路口的路灯坏了三天，晚上看不见。", HttpStatusCode.BadRequest)]
    [InlineData(null, "street-light", "太短", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_filed_is_said_in_the_form_of_the_standard(string? key, string topic, string text, HttpStatusCode status)
    {
        var answer = await File(key ?? await Key(100), topic, text);
        answer.StatusCode.ShouldBe(status);
        var fault = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement[0];
        fault.GetProperty("code").GetInt32().ShouldBe((int)status);
        fault.GetProperty("description").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_client_has_its_daily_limit_and_a_closed_one_nothing()
    {
        var key = await Key(2);
        (await File(key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await File(key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await File(key)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        var admin = TestUsers.Staff(Roles.SystemAdministrator);
        var client = (await web.Send(new GetClients(), admin)).First(c => c.Filed == 2 && c.DailyLimit == 2);
        await web.Send(new CloseClient(client.Id), admin);
        (await File(key)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_administrator_registers_a_program_and_sees_its_key_once()
    {
        var browser = web.Browse(TestUsers.Staff(Roles.SystemAdministrator));
        var page = await (await browser.Get("/staff/complaints/clients")).Form().Fill("Command.Name", "某园区随手拍").Fill("Command.DailyLimit", "5").Submit("登记");
        var key = page.Text(".gx-notice--ok strong");
        (await File(key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.Get("/staff/complaints/clients")).Html.ShouldNotContain(key);
        var refused = await (await browser.Get("/staff/complaints/clients")).Form().Fill("Command.DailyLimit", "0").Submit("登记");
        (refused.Status, refused.Errors.Count).ShouldBe((HttpStatusCode.UnprocessableEntity, 2));
        (await web.Browse(TestUsers.Staff(Roles.Auditor)).Get("/staff/complaints/clients")).Document.QuerySelector("main form").ShouldBeNull();
        (await web.Browse(TestUsers.Staff(Roles.ComplaintClerk)).Get("/staff/complaints/clients")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private Task<string> Key(int limit) => web.Send(new RegisterClient { Name = "测试程序", DailyLimit = limit }, TestUsers.Staff(Roles.SystemAdministrator));

    private async Task<HttpResponseMessage> File(string key, string topic = "street-light", string text = $"我是{Name}，楼下路口的路灯坏了三天，电话 {Phone}。")
    {
        using var form = new FormUrlEncodedContent([new("api_key", key), new("service_code", topic), new("description", text), new("address_string", Place), new("last_name", "演示"),
            new("first_name", "庚某"), new("phone", Phone), new("attribute[may_publish]", "true")]);
        return await web.Browse().Send(new HttpRequestMessage(HttpMethod.Post, $"{Root}/requests.json") { Content = form });
    }

    private Task<HttpResponseMessage> Get(string address) => web.Browse().Send(new HttpRequestMessage(HttpMethod.Get, $"{Root}/{address}"));

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private async Task Publish(Guid id)
    {
        var handler = TestUsers.Staff(Roles.ComplaintHandler) with { DepartmentCode = "urban-management" };
        var reviewer = TestUsers.Staff(Roles.ReplyReviewer) with { DepartmentCode = "service-hall" };
        await web.Send(new SignComplaint(id), handler);
        await web.Send(new LogContact(id, ContactManner.Phone, "已电话联系，今晚去看。"), handler);
        await web.Send(new WriteReply(id, "您好，11 月 24 日已更换楼下路灯的灯头，全部亮起，请放心。", null), handler);
        var shown = await web.Send(new GetComplaintForStaff(id), reviewer);
        await web.Send(new ReviewReply { Id = id, Approve = true, PublicText = shown.PublicProposal, PublicReply = shown.PublicReplyProposal }, reviewer);
    }
}
