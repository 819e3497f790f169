using System.Net;
using System.Text.RegularExpressions;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Staff;

/// <summary>综窗 over HTTP, without a script: from the seat to the hand-over.</summary>
public sealed partial class CounterPageTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    private static TestUser Clerk() => TestUsers.Staff(Roles.WindowClerk);

    [Fact]
    public async Task A_filing_goes_by_plain_forms_from_the_seat_to_the_hand_over()
    {
        var desk = await web.NewDesk();
        var applicant = await web.NewApplicant();
        var browser = web.Browse(Clerk());
        var page = await Sit(browser, "fengyang");
        page.MainText.ShouldContain("您今天坐在枫杨街道便民服务中心 7 号窗口");

        page = await browser.Get($"/staff/counter/new?service={desk.Officer().DepartmentCode}");
        page = await page.Form().Fill("申请人的手机号", applicant.Phone).Fill("姓名", applicant.Name).Fill("身份证号", applicant.IdNumber).Submit("核对，给他发验证码");
        page.ShouldBeOk().MainText.ShouldContain(Masking.Mobile(applicant.Phone));
        page.Html.ShouldNotContain(applicant.Phone);
        page.Address.Query.ShouldNotContain(applicant.IdNumber);
        page = await page.Form().Fill("Code", await CodeOf(applicant, "要代您填")).Submit("他同意，打开申请");
        page.ShouldBeOk().MainText.ShouldContain("还有");
        var id = Guid.Parse(page.Path[^36..]);

        await desk.Save(id, applicant, "person", ("t.name", applicant.Name), ("t.idNo", applicant.IdNumber), ("t.phone", applicant.Phone));
        await desk.Save(id, applicant, "place", ("t.address", "演示大道 1 号"));
        page = await browser.Get(page.Path);
        page.Html.ShouldNotContain(applicant.IdNumber);
        page.MainText.ShouldContain("演示大道 1 号");
        page = await page.Form("form[action*='handler=Ask']").Submit();
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.ShouldHaveSingleItem().ShouldStartWith("请先问申请人在哪里领结果");
        page = await page.Form("form[action*='handler=Issuing']").Fill("Hall", "沟赵便民服务中心").Submit();
        page = await page.Form("form[action*='handler=Ask']").Submit();
        var confirm = page.ShouldBeOk().Form("form[action*='handler=Confirm']");
        page = await confirm.Fill("Code", "12").Submit();
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.ShouldHaveSingleItem().ShouldStartWith("验证码不对");
        page = await page.Form("form[action*='handler=Confirm']").Fill("Code", await CodeOf(applicant, "请您确认")).Submit();
        page.ShouldBeOk().MainText.ShouldContain("提交好了");
        page = await page.Form("form[action*='handler=Accept']").Submit();
        page.ShouldBeOk().Heading.ShouldBe("受理回执");
        page.MainText.ShouldContain("枫杨街道便民服务中心 7 号窗口");
        page.MainText.ShouldContain("沟赵便民服务中心");
        page.MainText.ShouldContain("高新区政务服务大厅");

        var officer = desk.Officer();
        (await web.Browse(officer).Get($"/staff/work/{id}")).MainText.ShouldContain("受理大厅 枫杨街道便民服务中心");
        await Approve(id, officer);

        (await browser.Get("/staff/counter/hand-out")).MainText.ShouldContain("现在没有等人来领的");
        var other = web.Browse(Clerk());
        await Sit(other, "gouzhao");
        page = await (await other.Get("/staff/counter/hand-out")).Follow("GX-");
        page = await page.Form().Submit();
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Count.ShouldBe(3);
        page = await page.Form().Choose("Command.To", "Applicant").Choose("Command.Way", "IdNumber").Fill("Command.Proof", applicant.IdNumber[^6..]).Submit();
        page.ShouldBeOk().MainText.ShouldContain("已发出");
        (await other.Get($"/staff/counter/hand-out/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(applicant.User).Get($"/cases/{id}")).MainText.ShouldContain("申请人本人");
        (await browser.Get("/staff/counter")).MainText.ShouldContain("办好了");
    }

    [Fact]
    public async Task What_does_not_fit_is_said_at_the_phone_and_what_was_typed_stays()
    {
        var desk = await web.NewDesk();
        var (one, two) = (await web.NewApplicant(), await web.NewApplicant());
        var browser = web.Browse(Clerk());
        await Sit(browser, "hall");
        var page = await browser.Get($"/staff/counter/new?service={desk.Officer().DepartmentCode}");
        page = await page.Form().Fill("申请人的手机号", one.Phone).Fill("姓名", one.Name).Fill("身份证号", two.IdNumber).Submit();
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Command.Phone").ShouldStartWith("手机号、姓名和身份证号对不上");
        page.Form().Value("Command.Name").ShouldBe(one.Name);
        page = await page.Form().Fill("身份证号", "123").Submit();
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Command.IdNumber").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Items_are_found_by_words_and_only_with_a_seat()
    {
        var browser = web.Browse(Clerk());
        (await browser.Get("/staff/counter?q=优待证")).MainText.ShouldContain("先选今天坐在哪里");
        await Sit(browser, "hall");
        var page = await browser.Get("/staff/counter?q=优待证");
        page.Document.QuerySelector("a[href='/staff/counter/new?service=elder-card']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Others_are_kept_out_and_a_colleagues_filing_is_not_found()
    {
        foreach (var user in (TestUser[])[TestUsers.Officer(), TestUsers.Staff(Roles.HallManager), TestUsers.Staff(Roles.SystemAdministrator)])
        {
            foreach (var address in (string[])["/staff/counter", "/staff/counter/new?service=elder-card", "/staff/counter/hand-out", $"/staff/counter/{Guid.CreateVersion7()}"])
                (await web.Browse(user).Get(address)).Status.ShouldBe(HttpStatusCode.Forbidden, address);
        }

        var desk = await web.NewDesk();
        var filed = await desk.File();
        (await web.Browse(Clerk()).Get($"/staff/counter/{filed.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(Clerk()).Get($"/staff/counter/{filed.Id}/receipt")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<PageView> Sit(PageClient browser, string hall)
    {
        var page = await browser.Get("/staff/counter");
        return (await page.Form("form[action*='handler=Sit']").Fill("Command.Hall", hall).Fill("Command.Window", "7").Submit()).ShouldBeOk();
    }

    private async Task Approve(Guid id, TestUser officer)
    {
        await web.Send(new ClaimCase(id), officer);
        var review = await web.Send(new GetCaseForReview(id), officer);
        await web.Send(new DecideCase { CaseId = id, Decision = CaseAction.Approve, Opinion = "已看过场地照片。", CheckedRules = [.. review.Rules.Where(r => r.Outcome == RuleOutcome.Refer).Select(r => r.RuleId)] }, officer);
        await web.DrainOutbox();
    }

    private async Task<string> CodeOf(Applicant applicant, string words)
    {
        await web.DrainOutbox();
        return SixDigits().Match((await web.Send(new GetDemoMessages())).First(m => m.Phone == Masking.Mobile(applicant.Phone) && m.Text.Contains(words, StringComparison.Ordinal)).Text).Value;
    }

    [GeneratedRegex("(?<=验证码 )[0-9]{6}")]
    private static partial Regex SixDigits();
}
