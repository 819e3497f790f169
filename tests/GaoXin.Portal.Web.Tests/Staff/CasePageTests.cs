using System.Net;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Staff;

public sealed class CasePageTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    private const string Accept = "form[action*='handler=Accept']";
    private const string Correct = "#correct";
    private const string Approve = "#decide-Approve";
    private const string Refuse = "#decide-Refuse";

    [Fact]
    public async Task The_page_shows_answers_masked_reasons_and_history()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File(proof: true);
        var page = await Open(web.Browse(desk.Officer()), filed);
        page.MainText.ShouldContain("剩 5 个工作日");
        page.MainText.ShouldContain("演示大道 1 号");
        page.MainText.ShouldContain(Masking.IdNumber(filed.Applicant.IdNumber));
        page.MainText.ShouldContain("要看：地址要人工核对。");
        page.MainText.ShouldContain("1 条通过");
        page.MainText.ShouldContain("提交申请");
        page.MainText.ShouldContain("房屋使用证明");
        page.Document.QuerySelector($"a[href^='/cases/{filed.Id}/files/']").ShouldNotBeNull();
        ShouldBeMasked(page, filed);
        page.Document.QuerySelector(Approve).ShouldBeNull();
        page.Document.QuerySelector(Correct).ShouldBeNull();
    }

    [Fact]
    public async Task A_case_is_claimed_accepted_and_approved_with_every_reason_ticked()
    {
        var desk = await web.NewDesk();
        var officer = desk.Officer();
        var page = await Accepted(desk, officer);
        page.MainText.ShouldContain("已受理");
        page = await page.Form(Approve).Fill("Opinions[Approve]", "已看过场地照片。").Tick("Checked").Submit("确认准予");
        page.ShouldBeOk().MainText.ShouldContain("已准予");
        page.MainText.ShouldContain("“已看过场地照片。”");
        await web.DrainOutbox();
        page = await web.Browse(officer).Get(page.Path);
        page.MainText.ShouldContain("办结，准予");
        page.Document.QuerySelector(Approve).ShouldBeNull();
        page.Document.QuerySelector("form[action*='handler=Claim']").ShouldBeNull();
    }

    [Fact]
    public async Task The_applicant_checks_the_files_too_before_submitting_again()
    {
        var desk = await web.NewDesk();
        var officer = desk.Officer();
        var filed = await desk.File(proof: true);
        await Accepted(desk, officer, filed);
        await web.Send(new RequestCorrection { CaseId = filed.Id, Remarks = new Dictionary<string, string> { ["t.address"] = "请写到门牌号" } }, officer);

        var page = (await web.Browse(filed.Applicant.User).Get($"/cases/{filed.Id}/check")).ShouldBeOk();

        page.MainText.ShouldContain("您传的材料 房屋使用证明 演示.pdf");
        page.Document.QuerySelector($"a[href^='/cases/{filed.Id}/files/']").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_special_procedure_stops_the_time_until_the_officer_says_that_it_is_over()
    {
        const string done = "form[action*='handler=StepDone']";
        var desk = await web.NewDesk();
        var officer = desk.Officer();
        var page = await Accepted(desk, officer);
        page.Document.QuerySelector(done).ShouldBeNull();
        page = await page.Form("form[action$='handler=Step']").Fill("Step", "公示").Submit("记下这一步");
        page.ShouldBeOk().MainText.ShouldContain("期限停着");
        page = await page.Form(done).Submit("公示做完了");
        page.ShouldBeOk().MainText.ShouldContain("期限接着算");
        page.Document.QuerySelector(done).ShouldBeNull();
    }

    [Fact]
    public async Task Approving_without_the_tick_is_refused_and_keeps_what_was_typed()
    {
        var desk = await web.NewDesk();
        var page = await Accepted(desk, desk.Officer());
        page = await page.Form(Approve).Fill("Opinions[Approve]", "材料齐。").Submit("确认准予");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldStartWith("还有要看的规则没有打勾");
        page.Form(Approve).Value("Opinions[Approve]").ShouldBe("材料齐。");
        page.Document.QuerySelector("details.st-confirm[open] #decide-Approve").ShouldNotBeNull();
        page.MainText.ShouldContain("审查中");
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_that_the_applicant_reads()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var applicant = web.Browse(filed.Applicant.User);
        (await applicant.Get($"/cases/{filed.Id}")).MainText.ShouldContain("最晚受理", customMessage: "five days to receive it are no promise to decide");
        var page = await Accepted(desk, desk.Officer(), filed);
        (await applicant.Get($"/cases/{filed.Id}")).MainText.ShouldContain("最晚办好");
        (await applicant.Get($"/cases/{filed.Id}/withdraw")).ShouldBeOk().Path.ShouldBe($"/cases/{filed.Id}/withdraw");
        page = await page.Form(Refuse).Fill("Opinions[Refuse]", "不行").Submit("确认不予登记");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldStartWith("请写清楚理由");
        page.Form(Refuse).Value("Opinions[Refuse]").ShouldBe("不行");
        page = await page.Form(Refuse).Fill("Opinions[Refuse]", "场地是违章建筑，换一个地方可以再申请。").Submit("确认不予登记");
        page.ShouldBeOk().MainText.ShouldContain("办结，不予登记");
        (await web.Send(new GetCaseTrack(filed.Id), filed.Applicant.User)).Reason.ShouldBe("场地是违章建筑，换一个地方可以再申请。");
        (await applicant.Get($"/cases/{filed.Id}/withdraw")).ShouldBeOk().Path.ShouldBe($"/cases/{filed.Id}", "nothing is left to withdraw");
    }

    [Fact]
    public async Task A_case_not_yet_accepted_can_be_turned_away()
    {
        var desk = await web.NewDesk();
        var page = await Claimed(desk, desk.Officer(), await desk.File());
        page = await page.Form("#decide-RefuseToAccept").Fill("Opinions[RefuseToAccept]", "不归这里管，请到金水区办理。").Submit("确认不予受理");
        page.ShouldBeOk().MainText.ShouldContain("不予受理");
    }

    [Fact]
    public async Task A_correction_round_goes_to_the_applicant_and_comes_back_highlighted()
    {
        var desk = await web.NewDesk();
        var officer = desk.Officer();
        var filed = await desk.File();
        var page = await Accepted(desk, officer, filed);
        var form = page.Form(Correct);
        Tick(page, "t.address");
        page = await form.Fill("Remarks[t.address]", "请写到门牌号，比如“3 号楼 1204 室”。").Submit("要求补正");
        page.ShouldBeOk().MainText.ShouldContain("在等申请人补正 1 处");
        page.MainText.ShouldContain("等申请人");
        page.MainText.ShouldContain("要求过：请写到门牌号");
        (await web.Browse(officer).Get("/staff/work?filter=Waiting")).Text("tr[data-gx-row]").ShouldContain("补正中");

        await desk.Save(filed.Id, filed.Applicant, "place", ("t.address", "演示大道 1 号 3 号楼 1204 室"));
        await desk.Submit(filed.Id, filed.Applicant);

        page = await Open(web.Browse(officer), filed);
        page.Text(".is-changed").ShouldContain("演示大道 1 号 3 号楼 1204 室");
        page.Text(".is-changed").ShouldContain("补正后改过");
        page.Document.QuerySelectorAll(".is-changed").Length.ShouldBe(1);
        (await web.Browse(officer).Get("/staff/work?filter=Mine")).Text("tr[data-gx-row]").ShouldContain("补正后又交来");
        page = await page.Form(Approve).Tick("Checked").Submit("确认准予");
        page.ShouldBeOk().MainText.ShouldContain("已准予");
    }

    [Fact]
    public async Task A_correction_says_what_is_missing_and_keeps_what_was_typed()
    {
        var desk = await web.NewDesk();
        var page = await Accepted(desk, desk.Officer());
        var empty = await page.Form(Correct).Submit("要求补正");
        empty.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldStartWith("请至少选一项");

        var unticked = await page.Form(Correct).Fill("Remarks[t.phone]", "号码打不通，请换一个。").Submit("要求补正");
        unticked.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOfRemark("t.phone").ShouldStartWith("这一项写了要求但没打勾");

        var form = unticked.Form(Correct).Fill("Remarks[t.phone]", "错");
        Tick(unticked, "t.phone");
        var tooShort = await form.Submit("要求补正");
        tooShort.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOfRemark("t.phone").ShouldStartWith("请用大白话写清楚要怎么改");
        tooShort.Form(Correct).Value("Remarks[t.phone]").ShouldBe("错");
        tooShort.Document.QuerySelector("input[name=Ask][value='t.phone']")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task A_whole_value_is_shown_once_with_a_reason_and_recorded()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var browser = web.Browse(desk.Officer());
        var page = await Open(browser, filed);
        page = await Reveal(page, "t.idNo").Fill("为什么要看", "看").Submit();
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldStartWith("请写明查看的原因");
        ShouldBeMasked(page, filed);
        page = await Reveal(page, "t.idNo").Fill("为什么要看", "和证件照片核对").Submit();
        page.ShouldBeOk().MainText.ShouldContain(filed.Applicant.IdNumber);
        page.Address.ToString().ShouldNotContain(filed.Applicant.IdNumber);
        page.Html.ShouldNotContain(filed.Applicant.Name);
        ShouldBeMasked(await Open(browser, filed), filed);
        (await web.Database.ScalarAsync<long>("SELECT count(*) FROM identity.personal_data_reads WHERE case_id = $1", filed.Id)).ShouldBe(1);
        (await Open(browser, filed)).MainText.ShouldContain("查看完整个人信息");
        web.Log.Entries.ShouldAllBe(e => !e.Message.Contains(filed.Applicant.IdNumber));
    }

    [Fact]
    public async Task What_a_colleague_has_can_be_seen_but_not_worked_on()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var page = await Accepted(desk, desk.Officer(), filed);
        (await Open(web.Browse(desk.Officer()), filed)).MainText.ShouldContain("同事领了这一件");
        // The colleague released and another one took it meanwhile: the form on the screen is stale.
        await web.InDatabase(async db =>
        {
            var row = await db.LockCase(filed.Id, TestContext.Current.CancellationToken);
            row!.Release();
            row.Claim(Guid.CreateVersion7(), web.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        page = await page.Form(Refuse).Fill("Opinions[Refuse]", "场地是违章建筑，换一个地方可以再申请。").Submit("确认不予登记");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldStartWith("同事已经领了这一件");
        page.MainText.ShouldContain("您刚才写的没有保存");
        page.MainText.ShouldContain("场地是违章建筑，换一个地方可以再申请。");
    }

    [Fact]
    public async Task A_withdrawn_case_says_so()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var page = await Accepted(desk, desk.Officer(), filed);
        await web.Send(new WithdrawCase(filed.Id), filed.Applicant.User);
        page = await page.Form(Approve).Tick("Checked").Submit("确认准予");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.ShouldNotBeEmpty();
        page.MainText.ShouldContain("申请人撤回");
    }

    [Fact]
    public async Task Only_another_senior_officer_takes_a_decision_back()
    {
        var desk = await web.NewDesk();
        var (officer, senior) = (desk.Officer(), desk.Senior());
        var filed = await desk.File();
        var page = await Accepted(desk, officer, filed);
        await page.Form(Refuse).Fill("Opinions[Refuse]", "场地是违章建筑，换一个地方可以再申请。").Submit("确认不予登记");
        (await Open(web.Browse(officer), filed)).Document.QuerySelector("#decide-Revoke").ShouldBeNull();
        page = await Open(web.Browse(senior), filed);
        page = await page.Form("#decide-Revoke").Fill("Opinions[Revoke]", "理由").Submit("确认撤销决定");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldStartWith("请写清楚撤销的理由");
        page = await page.Form("#decide-Revoke").Fill("Opinions[Revoke]", "复查发现场地合法，原决定认定事实有误。").Submit("确认撤销决定");
        page.ShouldBeOk().MainText.ShouldContain("决定已撤销");
        page.MainText.ShouldContain("审查中");
    }

    [Fact]
    public async Task Citizens_other_departments_and_auditors_do_not_get_in()
    {
        var filed = await (await web.NewDesk()).File();
        var address = $"/staff/work/{filed.Id}";
        (await web.Browse((await web.NewDesk()).Officer()).Get(address)).ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(filed.Applicant.User).Get(address)).ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse(TestUsers.Staff(Roles.Auditor)).Get(address)).ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse().Get(address)).Path.ShouldBe("/staff/sign-in");
    }

    [Fact]
    public async Task The_page_takes_few_statements()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var browser = web.Browse(desk.Officer());
        await Open(browser, filed);
        var statements = await web.Statements.During(() => Open(browser, filed));
        statements.Count.ShouldBeLessThanOrEqualTo(8, string.Join("\n---\n", statements));
    }

    private async Task<PageView> Claimed(Desk desk, TestUser officer, Filed? filed = null)
    {
        filed ??= await desk.File();
        var page = await Open(web.Browse(officer), filed);
        return (await page.Form("form[action*='handler=Claim']").Submit()).ShouldBeOk();
    }

    private async Task<PageView> Accepted(Desk desk, TestUser officer, Filed? filed = null) =>
        (await (await Claimed(desk, officer, filed)).Form(Accept).Submit()).ShouldBeOk();

    private static async Task<PageView> Open(PageClient browser, Filed filed) => (await browser.Get($"/staff/work/{filed.Id}")).ShouldBeOk();

    private static PageForm Reveal(PageView page, string path) =>
        page.Form($"form[action*='handler=Reveal']:has(input[value='{path}'])");

    private static void Tick(PageView page, string path) =>
        ((AngleSharp.Html.Dom.IHtmlInputElement)page.Document.QuerySelector($"input[name=Ask][value='{path}']")!).IsChecked = true;

    private static void ShouldBeMasked(PageView page, Filed filed)
    {
        page.Html.ShouldNotContain(filed.Applicant.IdNumber);
        page.Html.ShouldNotContain(filed.Applicant.Phone);
        page.Html.ShouldNotContain(filed.Applicant.Name);
    }
}

internal static class RemarkErrors
{
    public static string ErrorOfRemark(this PageView page, string path) =>
        page.Document.QuerySelector($".st-ask:has(input[value='{path}']) .gx-error")?.TextContent.Replace("错误：", "", StringComparison.Ordinal).Trim() ?? "";
}
