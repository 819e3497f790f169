using System.Net;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Enterprise;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Staff;
using MiniExcelLibs;

namespace GaoXin.Portal.Web.Tests.Complaints;

/// <summary>The staff pages of complaints and enterprises over HTTP: shown, accepted, refused, wrong role, somebody else's unit.</summary>
public sealed class SupervisionPagesTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    private static readonly TestUser Supervisor = Of(Roles.ComplaintSupervisor, "service-hall");
    private static readonly TestUser Leader = Of(Roles.ZoneLeader, "service-hall");
    private static readonly TestUser Handler = Of(Roles.ComplaintHandler, "urban-management");

    [Fact]
    public async Task Every_number_of_the_board_leads_to_as_many_rows_and_needs_few_statements()
    {
        var filed = await Filed();
        var page = await web.Browse(Supervisor).Get($"/staff/complaints/{filed.Id}");
        var done = await page.Form("form[action*=Supervise]").Fill("Why", "群众反复反映").Submit("督办");
        done.MainText.ShouldContain("督办中：群众反复反映");
        (await web.Browse(Supervisor).Get($"/staff/complaints/{filed.Id}")).Document.QuerySelector("form[action$=Supervise]").ShouldBeNull();

        var browser = web.Browse(Leader);
        var sent = await web.Statements.During(() => browser.Get("/staff/supervision/board?as=Directed"));
        sent.Count(s => s.Contains("complaints.", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(6);
        var board = await browser.Get("/staff/supervision/board");
        foreach (var link in board.Document.QuerySelectorAll(".st-table td a").Select(a => (Href: a.GetAttribute("href")!, Count: a.ChildNodes[0].TextContent)).ToList())
            (await browser.Get(link.Href)).Document.QuerySelectorAll("#rows ~ .st-table-wrap tbody tr").Length.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(link.Count, link.Href);
        (await browser.Get("/staff/supervision/board?as=Directed")).Document.QuerySelector($"a[href='/staff/complaints/{filed.Id}']").ShouldBeNull();
        (await web.Browse(Supervisor).Get("/staff/supervision/board?as=Directed")).Document.QuerySelector($"a[href='/staff/complaints/{filed.Id}']").ShouldNotBeNull();
        (await browser.Get($"/staff/complaints/{filed.Id}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var table = await browser.Send(new HttpRequestMessage(HttpMethod.Get, "/staff/supervision/board?handler=Table&as=Directed"));
        using var file = new MemoryStream(await table.Content.ReadAsByteArrayAsync());
        file.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().Select(r => r["诉求编号"]).ShouldContain(ComplaintNumber.Display(filed.Number));
    }

    [Theory]
    [InlineData("/staff/supervision/board", Roles.ComplaintSupervisor, Roles.ZoneLeader)]
    [InlineData("/staff/complaints/topics", Roles.ComplaintClerk, Roles.ComplaintSupervisor, Roles.ZoneLeader, Roles.Auditor)]
    [InlineData("/staff/complaints/rates", Roles.ComplaintClerk, Roles.ComplaintSupervisor, Roles.ZoneLeader, Roles.Auditor)]
    [InlineData("/staff/enterprises", Roles.ServiceOfficer, Roles.ComplaintSupervisor, Roles.ZoneLeader)]
    [InlineData("/staff/enterprises/problems", Roles.ServiceOfficer, Roles.ComplaintSupervisor, Roles.ZoneLeader)]
    public async Task A_page_is_for_its_roles_only(string address, params string[] roles)
    {
        foreach (var role in Roles.All)
            (await web.Browse(Of(role, "service-hall")).Get(address)).Status.ShouldBe(roles.Contains(role) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, $"{address} {role}");
    }

    [Fact]
    public async Task Tables_are_exported_as_shown()
    {
        await Filed();
        foreach (var address in (string[])["/staff/complaints/rates?handler=Table", "/staff/complaints/rates?handler=Table&rate=Responded", "/staff/complaints/topics?handler=Table", "/staff/complaints/topics?handler=Table&part=Filed", "/staff/supervision/board?handler=Table"])
        {
            var answer = await web.Browse(Supervisor).Send(new HttpRequestMessage(HttpMethod.Get, address));
            using var file = new MemoryStream(await answer.Content.ReadAsByteArrayAsync());
            file.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().First().Keys.Count.ShouldBeGreaterThan(3, address);
        }

        (await web.Browse(Supervisor).Get("/staff/complaints/topics?part=Filed")).MainText.ShouldContain("路灯");
    }

    [Fact]
    public async Task Another_unit_finds_no_complaint_and_a_wrong_step_says_why_and_keeps_what_was_typed()
    {
        var filed = await Filed();
        var address = $"/staff/complaints/{filed.Id}";
        (await web.Browse(Of(Roles.ComplaintHandler, "ecology")).Get(address)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(Of(Roles.Officer, "urban-management")).Get(address)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var browser = web.Browse(Handler);
        var signed = await (await browser.Get(address)).Form("form[action*=Sign]").Submit();
        signed.MainText.ShouldContain("已签收");
        var contacted = await signed.Form("form[action*=Contact]").Fill("Manner", nameof(ContactManner.Phone)).Fill("Text", "已电话联系，今晚去看。").Submit();
        const string Empty = "您好，我们高度重视，将尽快处理，感谢您的理解与支持。";
        var refused = await contacted.Form("form[action*='handler=Reply']").Fill("Reply", Empty).Submit();
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Form("form[action*='handler=Reply']").Value("Reply").ShouldBe(Empty);
        var overridden = await refused.Form("form[action*='handler=Reply']").Fill("OverrideReason", "诉求人只要一句道歉，已当面说过").Submit();
        overridden.Status.ShouldBe(HttpStatusCode.OK, string.Join('|', overridden.Errors));
        (await web.Browse(Of(Roles.ReplyReviewer, "service-hall")).Get(address)).MainText.ShouldContain("诉求人只要一句道歉，已当面说过");
    }

    [Fact]
    public async Task A_clerk_finds_a_caller_takes_the_hotline_down_and_the_hotline_has_its_own_list()
    {
        const string Phone = "13788880077";
        var browser = web.Browse(Of(Roles.ComplaintClerk, "service-hall"));
        var empty = await (await browser.Get("/staff/complaints/new")).Form("form[action*=Caller]").Fill("CallerPhone", Phone).Submit();
        empty.MainText.ShouldContain("这个号码以前的诉求 0 件");
        empty.Address.ToString().ShouldNotContain(Phone);
        var form = empty.Form("form[action*=Record]");
        var filed = await form.Fill("Command.Channel", nameof(ComplaintChannel.SecretaryHotline)).Fill("Command.Kind", nameof(ComplaintKind.Help)).Fill("Command.Topic", "enterprise-factors")
            .Fill("Command.Text", "企业反映用电容量不够，想增容，请协调。").Choose("Command.Identity", nameof(IdentityMode.Named)).Fill("Command.Name", "演示癸某").Fill("Command.Phone", Phone).Submit("收下");
        var number = filed.Text(".gx-notice--ok strong.mono");
        (await (await browser.Get("/staff/complaints/new")).Form("form[action*=Caller]").Fill("CallerPhone", Phone).Submit()).MainText.ShouldContain(number);
        (await web.Browse(Supervisor).Get("/staff/complaints?list=Hotline")).MainText.ShouldContain(number);
        (await (await browser.Get("/staff/complaints/new")).Form("form[action*=Caller]").Fill("CallerPhone", "123").Submit()).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await web.Browse(Handler).Get("/staff/complaints/new")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_service_officer_takes_an_enterprise_visits_it_and_its_problem_becomes_an_order()
    {
        var officer = Of(Roles.ServiceOfficer, "industry");
        var browser = web.Browse(officer);
        var code = CreditCode.Compose("91", "410100", "MAWEB001").Code;
        var wrong = await (await browser.Get("/staff/enterprises")).Form().Fill("Command.CreditCode", "9141").Submit("当首席服务官");
        (wrong.Status, wrong.ErrorOf("Command.CreditCode")).ShouldBe((HttpStatusCode.UnprocessableEntity, "统一社会信用代码不对，可能抄错了一位。"));
        var firm = await (await browser.Get("/staff/enterprises")).Form().Fill("Command.CreditCode", code).Fill("Command.Name", "郑州高新区网页测试有限公司").Fill("Command.Phone", "13788880088")
            .Choose("Command.WhiteListed", "true").Submit("当首席服务官");
        firm.Heading.ShouldBe("郑州高新区网页测试有限公司", string.Join('|', firm.Errors));
        var visited = await firm.Form("form[action*=Visit]").Fill("Visit.On", "2026-11-20").Fill("Visit.Manner", nameof(VisitManner.OnSite)).Fill("Visit.Note", "想找数字化服务商。").Submit();
        visited.MainText.ShouldContain("想找数字化服务商。");
        var refused = await visited.Form("form[action*=Problem]").Fill("Problem.Text", "太短").Submit();
        (refused.Status, refused.Document.QuerySelectorAll("details[open]").Length).ShouldBe((HttpStatusCode.UnprocessableEntity, 1));
        var raised = await refused.Form("form[action*=Problem]").Fill("Problem.Category", "enterprise-digital").Fill("Problem.Text", "设备联网改造，想找数字化服务商对接。")
            .Fill("Problem.ContactName", "演示己某").Fill("Problem.ContactPhone", "13788880099").Submit();
        raised.MainText.ShouldContain("已转成诉求 SQ-");
        var problem = raised.Document.QuerySelectorAll("select[name=ProblemId] option").Last().GetAttribute("value")!;
        var converted = await raised.Form("form[action*=Convert]").Fill("ProblemId", problem).Fill("Way", nameof(ConversionWay.ByDate)).Fill("Note", "月底前对接").Submit();
        converted.MainText.ShouldContain("转化：限期解决，月底前对接");
        (await web.Browse(Of(Roles.ServiceOfficer, "science")).Get(firm.Path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(Leader).Get(firm.Path)).Document.QuerySelector("form[action*=Visit]").ShouldBeNull();
        (await web.Browse(Leader).Get("/staff/enterprises/problems?part=Converted")).MainText.ShouldContain("郑州高新区网页测试有限公司");
        (await web.Browse((await web.NewApplicant()).User).Get("/enterprises/service")).MainText.ShouldNotContain("网页测试");
    }

    private static TestUser Of(string role, string unit) => TestUsers.Staff(role) with { DepartmentCode = unit };

    private async Task<FiledComplaint> Filed()
    {
        var filed = await web.Send(new FileComplaint
        {
            Kind = ComplaintKind.Grievance,
            Identity = IdentityMode.Named,
            Topic = "street-light",
            Text = "科学大道和瑞达路口的路灯坏了三天，晚上看不见。",
            Name = "演示辛某",
            Phone = "13788880066",
        }, AnonymousUser.Instance);
        await web.DrainOutbox();
        return filed;
    }
}
