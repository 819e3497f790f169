using System.Net;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Staff;

public sealed class WorkListTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    private const string SearchForm = "form[role=search]";

    [Fact]
    public async Task The_list_says_what_is_due_and_why_a_person_has_to_look()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var page = (await web.Browse(desk.Officer()).Get("/staff")).ShouldBeOk();
        page.Path.ShouldBe("/staff/work");
        var row = page.Text("tr[data-gx-row]");
        row.ShouldContain(CaseNumber.Display(filed.Number));
        row.ShouldContain("剩 5 个工作日");
        row.ShouldContain("地址要人工核对。");
        row.ShouldContain("待受理");
        page.Texts(".st-kpi b").ShouldBe(["0", "0", "1", "0", "0"]);
        page.Html.ShouldNotContain(filed.Applicant.IdNumber);
        page.Html.ShouldNotContain(filed.Applicant.Name);
    }

    [Theory]
    [InlineData("Overdue", "没有超期的件")]
    [InlineData("DueToday", "今天没有到期的件")]
    [InlineData("Waiting", "没有等申请人补正的件")]
    [InlineData("Mine", "您手上没有件")]
    [InlineData("Done", "还没有办完的件")]
    [InlineData("Open", "没有待办的件")]
    public async Task An_empty_list_says_so(string filter, string title)
    {
        var desk = await web.NewDesk();
        var page = (await web.Browse(desk.Officer()).Get($"/staff/work?filter={filter}")).ShouldBeOk();
        page.Text(".gx-empty h2").ShouldBe(title);
    }

    [Fact]
    public async Task Citizens_other_roles_and_strangers_do_not_get_in()
    {
        (await web.Browse(TestUsers.Citizen()).Get("/staff/work")).ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse(TestUsers.Staff(Roles.Auditor)).Get("/staff/work")).ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse(TestUsers.Staff(Roles.SystemAdministrator)).Get("/staff/work")).ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse().Get("/staff/work")).Path.ShouldBe("/staff/sign-in");
    }

    [Fact]
    public async Task A_case_is_claimed_and_given_back()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var browser = web.Browse(desk.Officer());
        var page = await (await browser.Get("/staff/work")).Form("form[action*='handler=Claim']").Submit("领取");
        page.ShouldBeOk().Path.ShouldBe($"/staff/work/{filed.Id}");
        page = (await browser.Get("/staff/work?filter=Mine")).ShouldBeOk();
        page.Text("tr[data-gx-row]").ShouldContain("我领的");
        page = await TableForm(page).Submit("放回");
        page.ShouldBeOk().Text(".gx-empty h2").ShouldBe("您手上没有件");
    }

    [Fact]
    public async Task A_case_of_a_colleague_cannot_be_taken()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var page = await web.Browse(desk.Officer()).Get("/staff/work");
        await web.Send(new ClaimCase(filed.Id), desk.Officer());
        page = await TableForm(page).Submit("领取");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldStartWith("同事已经领了这一件");
        page.Text("tr[data-gx-row]").ShouldContain("同事在办");
    }

    [Fact]
    public async Task The_next_case_is_the_one_due_first_and_then_nothing_is_left()
    {
        var desk = await web.NewDesk();
        var first = await desk.File();
        await desk.File();
        var (anna, ben) = (web.Browse(desk.Officer()), web.Browse(desk.Officer()));
        (await (await anna.Get("/staff/work")).Form().Submit("领下一件")).Path.ShouldBe($"/staff/work/{first.Id}");
        (await (await ben.Get("/staff/work")).Form().Submit("领下一件")).ShouldBeOk().Path.ShouldStartWith("/staff/work/");
        (await (await ben.Get("/staff/work")).Form().Submit("领下一件")).ShouldBeOk().MainText.ShouldContain("现在没有没人领的件了");
    }

    [Fact]
    public async Task Of_many_officers_who_claim_at_once_one_wins()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await web.Browse(desk.Officer()).Get($"/staff/work/{filed.Id}")));
        var answers = await Task.WhenAll(pages.Select(p => p.Form("form[action*='handler=Claim']").Submit()));
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.Status == HttpStatusCode.UnprocessableEntity).ShouldBe(7);
    }

    [Fact]
    public async Task A_number_opens_its_case_and_an_id_number_finds_its_cases_without_standing_in_an_address()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        await desk.File();
        var browser = web.Browse(desk.Officer());
        var page = await Search(browser, CaseNumber.Display(filed.Number).ToLowerInvariant());
        page.ShouldBeOk().Path.ShouldBe($"/staff/work/{filed.Id}");
        page = await Search(browser, filed.Applicant.IdNumber);
        page.ShouldBeOk().Texts("tr[data-gx-row]").ShouldHaveSingleItem().ShouldContain(CaseNumber.Display(filed.Number));
        page.Address.ToString().ShouldNotContain(filed.Applicant.IdNumber);
        page.Texts("a").ShouldAllBe(a => !a.Contains(filed.Applicant.IdNumber));
        web.Log.Entries.ShouldAllBe(e => !e.Message.Contains(filed.Applicant.IdNumber));
        (await Search(browser, "没有这家")).Text(".gx-empty h2").ShouldBe("没找到");
        (await Search(browser, "槐")).Text(".gx-empty h2").ShouldBe("没找到");
    }

    [Fact]
    public async Task Another_departments_cases_are_not_there()
    {
        var filed = await (await web.NewDesk()).File();
        var stranger = web.Browse((await web.NewDesk()).Officer());
        (await Search(stranger, filed.Number)).Text(".gx-empty h2").ShouldBe("没找到");
        (await Search(stranger, filed.Applicant.IdNumber)).Text(".gx-empty h2").ShouldBe("没找到");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gaps()
    {
        var desk = await web.NewDesk();
        var officer = desk.Officer();
        await CaseRows.Insert(web.Database, new CaseRows { Department = officer.DepartmentCode!, Count = 130, Today = web.Clock.Today() });
        var page = (await web.Browse(officer).Get("/staff/work")).ShouldBeOk();
        var seen = page.Texts("tr[data-gx-row] a").ToList();
        while (page.Document.QuerySelector("a[rel=next]") is not null)
        {
            page = (await page.Follow("下一页")).ShouldBeOk();
            seen.AddRange(page.Texts("tr[data-gx-row] a"));
        }

        seen.Count.ShouldBe(seen.Distinct().Count());
        seen.Count.ShouldBe((int)await web.Database.ScalarAsync<long>(
            "SELECT count(*) FROM cases.cases WHERE department = $1 AND referred AND state IN ('Submitted', 'Accepted', 'InReview')", officer.DepartmentCode!));
    }

    [Fact]
    public async Task The_list_takes_few_statements()
    {
        var desk = await web.NewDesk();
        await desk.File();
        var browser = web.Browse(desk.Officer());
        await browser.Get("/staff/work");
        var statements = await web.Statements.During(() => browser.Get("/staff/work"));
        statements.Count.ShouldBeLessThanOrEqualTo(6, string.Join("\n---\n", statements));
    }

    private static PageForm TableForm(PageView page) => page.Form("form[action*='handler=Claim']");

    private static async Task<PageView> Search(PageClient browser, string text) =>
        await (await browser.Get("/staff/work")).Form(SearchForm).Fill("Search", text).Submit();
}
