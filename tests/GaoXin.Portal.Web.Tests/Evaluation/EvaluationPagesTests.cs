using System.Net;
using System.Text.RegularExpressions;
using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Web.Tests.Evaluation;

/// <summary>Rating and what follows, page by page, without scripts.</summary>
public sealed class EvaluationPagesTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    private const string Unit = "civil-affairs";

    [Fact]
    public async Task A_case_is_rated_from_its_page_in_one_step_and_only_once()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        await web.Send(new Portal.Cases.WithdrawCase(filed.Id), filed.Applicant.User);
        await web.DrainOutbox();
        var browser = web.Browse(filed.Applicant.User);
        var form = await (await browser.Get($"/cases/{filed.Id}")).Form("form[action*='/evaluations/start']").Submit("评价这次服务");
        form.ShouldBeOk().Heading.ShouldBe("这次服务怎么样？");
        form.Document.QuerySelectorAll("input[checked]").ShouldBeEmpty("nothing is chosen beforehand");
        form.Document.QuerySelectorAll("input[name='Command.Level']").Length.ShouldBe(5);
        form.Document.QuerySelectorAll("input[name='Command.Phone']").ShouldBeEmpty("the account's telephone is known");

        var missing = await form.Form().Fill("Command.Comment", "填表那一步看不懂。").Submit("提交评价");
        missing.ShouldBe(HttpStatusCode.UnprocessableEntity);
        missing.ErrorOf("Command.Level").ShouldContain("请选一个");
        missing.ErrorOf("Command.Identity").ShouldContain("实名还是匿名");
        missing.Form().Value("Command.Comment").ShouldBe("填表那一步看不懂。");
        var thanks = await missing.Form().Choose("Command.Level", nameof(RatingLevel.VeryDissatisfied)).Choose("Command.Identity", nameof(RaterIdentity.Named)).Submit("提交评价");
        thanks.ShouldBeOk().MainText.ShouldContain("您的评价收到了");
        thanks.MainText.ShouldContain("非常不满意");

        (await browser.Get(form.Path)).ShouldBe(HttpStatusCode.NotFound).MainText.ShouldContain("不能用了");
        (await browser.Get($"/cases/{filed.Id}")).MainText.ShouldNotContain("评价这次服务");
        var added = await thanks.Form().Fill("Command.Text", "后来有人打电话来了。").Submit("提交追评");
        added.MainText.ShouldContain("追评收到了");
        var mine = await browser.Get("/evaluations/mine");
        mine.MainText.ShouldContain("填表那一步看不懂。");
        mine.MainText.ShouldContain("后来有人打电话来了。");
        mine.MainText.ShouldContain("待认领");
    }

    [Fact]
    public async Task Used_expired_foreign_and_unknown_links_show_the_same_page_and_staff_see_it_too()
    {
        var token = await Token(await Event());
        var unknown = await web.Browse().Get("/evaluations/rate/0123456789abcdef0123456789abcdef");
        unknown.ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse().Get($"/evaluations/follow-up/{token}")).ShouldBe(HttpStatusCode.NotFound).MainText.ShouldBe(unknown.MainText);
        (await web.Browse(TestUsers.Staff(Roles.ComplaintSupervisor)).Get($"/evaluations/rate/{token}")).ShouldBe(HttpStatusCode.NotFound).MainText.ShouldBe(unknown.MainText);
        await Rate(token, RatingLevel.Satisfied);
        (await web.Browse().Get($"/evaluations/rate/{token}")).ShouldBe(HttpStatusCode.NotFound).MainText.ShouldBe(unknown.MainText);
    }

    [Fact]
    public async Task A_window_code_asks_for_the_ticket_and_answers_alike_for_unknown_and_wrong()
    {
        var page = (await web.Browse().Get("/evaluations/windows/5")).ShouldBeOk();
        page.Heading.ShouldBe("评价 5 号窗口的服务");
        var wrong = await page.Form().Fill("Command.Number", "B901").Fill("Command.Code", "abcdef").Submit("去评价");
        wrong.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.ErrorOf("Command.Number").ShouldContain("对不上");
        wrong.Form().Value("Command.Number").ShouldBe("B901");
        (await page.Form().Fill("Command.Number", "").Fill("Command.Code", "1").Submit("去评价")).Errors.Count.ShouldBe(2);
        (await web.Browse().Get("/evaluations/windows/99999")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_bad_rating_goes_from_claim_to_close_on_the_pages_of_three_people()
    {
        var rated = TestUsers.Staff(Roles.Officer, Roles.UnitLiaison) with { DepartmentCode = Unit };
        await Rate(await Token(await Event(staff: rated.Id)), RatingLevel.Dissatisfied);
        var id = await Newest();
        var address = $"/staff/evaluations/{id}";
        var (liaison, caller, supervisor) = (Staff(Roles.UnitLiaison), Staff(Roles.CallBackOfficer), Staff(Roles.ComplaintSupervisor));

        var own = await web.Browse(rated).Get(address);
        own.MainText.ShouldContain("就是您");
        own.MainText.ShouldNotContain("认领这件差评");
        (await web.Browse(liaison).Get("/staff/evaluations")).MainText.ShouldContain("待认领");
        (await (await web.Browse(liaison).Get(address)).Form("form[action*=Claim]").Submit("认领这件差评")).MainText.ShouldContain("已认领");

        var call = await web.Browse(caller).Get(address);
        call.MainText.ShouldNotContain("13700002222");
        var revealed = await call.Form("form[action*=Reveal]").Fill("Reason", "打电话回访差评").Submit("查看");
        revealed.ShouldBeOk().MainText.ShouldContain("13700002222");
        var refused = await revealed.Form("form[action*=Call]").Fill("Note", "短").Submit("记这次回访");
        refused.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.ShouldContain(e => e.Contains("接通", StringComparison.Ordinal));
        (await refused.Form("form[action*=Call]").Choose("Reached", "true").Fill("Note", "说排队太久，希望加窗口。").Submit("记这次回访")).MainText.ShouldContain("等单位整改");

        var fix = await web.Browse(liaison).Get(address);
        var personal = await fix.Form("form[action*=Fix]").Fill("Fix", "已经打 13812345678 向当事人说明。").Submit("提交整改");
        personal.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Fix").ShouldContain("请去掉");
        (await personal.Form("form[action*=Fix]").Fill("Fix", "已加一个窗口，屏幕上写明要等多久。").Submit("提交整改")).MainText.ShouldContain("由另一个人审核");
        (await (await web.Browse(supervisor).Get(address)).Form("form[action*=Approve]").Submit("审核通过，告诉评价人")).MainText.ShouldContain("已办结");
    }

    [Fact]
    public async Task Another_unit_finds_nothing_and_another_role_is_refused()
    {
        await Rate(await Token(await Event()), RatingLevel.Dissatisfied);
        var address = $"/staff/evaluations/{await Newest()}";
        (await web.Browse(Staff(Roles.UnitLiaison) with { DepartmentCode = "health" }).Get(address)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(Staff(Roles.CatalogueEditor)).Get(address)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse(Staff(Roles.Officer)).Get("/staff/evaluations/improvements")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse(Staff(Roles.CallBackOfficer)).Get("/staff/evaluations/figures")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse(Staff(Roles.UnitLiaison)).Get("/staff/evaluations/windows")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse(Staff(Roles.HallManager)).Get("/staff/evaluations/windows")).ShouldBeOk().MainText.ShouldContain("1 号窗口");
    }

    [Fact]
    public async Task The_public_page_hides_small_counts_and_says_nothing_personal_and_the_table_says_the_same()
    {
        const string Secret = "窗口的王小明让我打 13712345678，住 3 号楼 1204 室";
        await Rate(await Token(await Event()), RatingLevel.VeryDissatisfied, Secret);
        for (var i = 0; i < 6; i++)
            await Rate(await Token(await Event()), RatingLevel.VerySatisfied);
        var month = web.Clock.Today().ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var address in (string[])[$"/evaluations?month={month}", $"/evaluations?month={month}&unit={Unit}"])
        {
            var page = (await web.Browse().Get(address)).ShouldBeOk();
            page.MainText.ShouldContain("民政局");
            page.Html.ShouldNotContain("13712345678");
            page.Html.ShouldNotContain("王小明");
        }

        (await web.Browse().Get("/evaluations?unit=nowhere")).Status.ShouldBe(HttpStatusCode.NotFound);
        var unit = await web.Browse().Get($"/evaluations?month={month}&unit={Unit}");
        Regex.Matches(unit.Text("table tbody tr:first-child"), "—").Count.ShouldBeGreaterThan(1);
        using var table = await web.Browse().Send(new HttpRequestMessage(HttpMethod.Get, $"/evaluations?handler=Table&month={month}"));
        (table.StatusCode, table.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.OK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
    }

    [Fact]
    public async Task Staff_open_the_rows_behind_a_figure_and_see_no_number_of_who_stayed_anonymous()
    {
        var (named, hidden, unrated) = (await Event(), await Event(), await Event());
        await Rate(await Token(named), RatingLevel.Satisfied);
        await Rate(await Token(hidden), RatingLevel.Satisfied, identity: RaterIdentity.Anonymous);
        var browser = web.Browse(Staff(Roles.ComplaintSupervisor));
        var month = web.Clock.Today().ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        var page = (await browser.Get($"/staff/evaluations/figures?month={month}&figure=Invited&unit={Unit}")).ShouldBeOk();
        page.MainText.ShouldContain(named.Number);
        page.MainText.ShouldNotContain(hidden.Number);
        page.MainText.ShouldNotContain(unrated.Number);
        using var table = await browser.Send(new HttpRequestMessage(HttpMethod.Get, $"/staff/evaluations/figures?handler=Table&month={month}&figure=Rated&unit={Unit}"));
        table.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/evaluations", false)]
    [InlineData("/staff/evaluations?list=All", true)]
    [InlineData("/staff/evaluations/figures?figure=Invited", true)]
    [InlineData("/staff/evaluations/improvements", true)]
    public async Task No_page_takes_more_than_six_statements(string address, bool staff)
    {
        var browser = staff ? web.Browse(Staff(Roles.ComplaintSupervisor)) : web.Browse();
        await browser.Get(address);
        var before = web.Statements.All.Count;
        await browser.Get(address);
        web.Statements.All.Skip(before).Count(s => s.Contains("evaluation.", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(6);
    }

    private static TestUser Staff(string role) => TestUsers.Staff(role) with { DepartmentCode = Unit };

    private async Task<ServiceEvent> Event(Guid? staff = null)
    {
        var made = new ServiceEvent
        {
            Kind = ServiceEventKind.Ticket,
            RootRef = Guid.CreateVersion7(),
            Stage = "end",
            Number = $"T{Guid.NewGuid():N}"[..12],
            Unit = Unit,
            Window = 5,
            StaffId = staff,
            Item = $"item-{Guid.NewGuid():N}",
            ItemTitle = "测试事项",
            Channel = "hall",
            EndedAt = web.Clock.GetUtcNow(),
            Outcome = ServiceOutcome.Served,
        };
        await web.InDatabase(db =>
        {
            db.Add(made);
            return db.SaveChangesAsync();
        });
        return made;
    }

    private Task<string> Token(ServiceEvent about) => web.InScope(async services =>
    {
        var token = await ((RatingDoor)services.GetService(typeof(RatingDoor))!).Rate(about, InvitationDoor.Ticket, CancellationToken.None);
        await ((Persistence.PortalDbContext)services.GetService(typeof(Persistence.PortalDbContext))!).SaveChangesAsync();
        return token;
    });

    private Task<string> Rate(string token, RatingLevel level, string? comment = null, RaterIdentity identity = RaterIdentity.Named) =>
        web.Send(new RateService { Token = token, Level = level, Comment = comment, Identity = identity, Phone = "13700002222" }, AnonymousUser.Instance);

    private Task<Guid> Newest() => web.InDatabase(db => db.Rectifications.Where(r => r.Unit == Unit).OrderByDescending(r => r.OpenedAt).ThenByDescending(r => r.Id).Select(r => r.Id).FirstAsync());
}
