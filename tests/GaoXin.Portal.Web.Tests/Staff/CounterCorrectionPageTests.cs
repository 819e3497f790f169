using System.Net;
using System.Text.RegularExpressions;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Staff;

/// <summary>补正 at a 综窗 over HTTP, without a script: from the number on the receipt to the printed receipt.</summary>
public sealed partial class CounterCorrectionPageTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    private static readonly byte[] Pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();

    [Fact]
    public async Task A_correction_goes_by_plain_forms_from_the_number_to_the_receipt_in_another_hall()
    {
        var (id, number, applicant, filer, officer) = await Asking();
        var browser = web.Browse(Clerk());
        (await browser.Get("/staff/counter/corrections")).MainText.ShouldContain("选您今天坐在哪个大厅");
        await Sit(browser, "gouzhao");
        var page = await (await browser.Get("/staff/counter")).Follow("来补正");
        page = await page.Form().Fill("办件编号", number).Fill("Command.Proof", "000000").Submit("查要改什么");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Command.Proof").ShouldStartWith("没有找到");
        page.Form().Value("Command.Number").ShouldBe(number);
        page = await page.Form().Fill("Command.Proof", applicant.IdNumber[^6..]).Submit();
        page.ShouldBeOk().MainText.ShouldContain("要补正 2 处");
        page.MainText.ShouldContain("请写到门牌号");
        page.Address.Query.ShouldBeEmpty();
        page.Html.ShouldNotContain(applicant.IdNumber);
        page.MainText.ShouldNotContain("演示大道");

        page = await page.Form("form[action*='handler=Agree']").Submit();
        page = await page.ShouldBeOk().Form("form[action*='handler=Mend']").Fill("Code", "12").Submit();
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.ShouldHaveSingleItem().ShouldStartWith("验证码不对");
        page = await page.Form("form[action*='handler=Mend']").Fill("Code", await CodeOf(applicant, "要代您补正")).Submit();
        page.ShouldBeOk().MainText.ShouldContain("演示大道");
        var counter = page.Path;
        page = await page.Form("form[action*='handler=Open']").Submit();
        page.Path.ShouldBe($"/cases/{id}/tasks");
        page = await page.Follow("填地址");
        page.ShouldBeOk().MainText.ShouldContain("只要改带提醒的地方");
        page = await page.Form("main form").Fill("t.address", "演示大道 8 号 2 楼").Attach("material:proof", "证明.pdf", "application/pdf", Pdf).Submit("保存，填下一项");
        page.ShouldBeOk().Path.ShouldBe($"/cases/{id}/tasks");
        page = await page.Follow("回这一件");
        page.Path.ShouldBe(counter);
        page = await page.Form("form[action*='handler=Ask']").Submit();
        page = await page.ShouldBeOk().Form("form[action*='handler=Confirm']").Fill("Code", await CodeOf(applicant, "补正改好了")).Submit();
        page.ShouldBeOk().MainText.ShouldContain("补正交好了");
        page = await page.Follow("打补正收件凭证");
        page.ShouldBeOk().Heading.ShouldBe("补正收件凭证");
        page.MainText.ShouldContain("沟赵便民服务中心 7 号窗口");
        page.MainText.ShouldContain("房屋使用证明 1 份");
        page.Html.ShouldNotContain(applicant.Name);

        (await web.Browse(filer).Get($"/staff/counter/{id}/correction")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(filer).Get($"/staff/counter/{id}/receipt")).ShouldBeOk().MainText.ShouldContain("枫杨街道便民服务中心");
        (await web.Browse(applicant.User).Get($"/cases/{id}")).MainText.ShouldContain("补正在沟赵便民服务中心 7 号窗口交好了");
        (await web.Browse(officer).Get($"/staff/work/{id}")).MainText.ShouldContain("补正在沟赵便民服务中心 7 号窗口收的");
        (await browser.Get("/staff/counter/corrections")).MainText.ShouldContain("我交的");
    }

    [Fact]
    public async Task The_window_is_told_when_the_applicant_was_quicker_and_what_was_typed_changes_nothing()
    {
        var (id, _, applicant, filer, _) = await Asking();
        var browser = web.Browse(filer);
        var page = await (await browser.Get("/staff/counter/corrections")).Follow("GX-");
        page = await page.Form("form[action*='handler=Agree']").Submit();
        page = await page.Form("form[action*='handler=Mend']").Fill("Code", await CodeOf(applicant, "要代您补正")).Submit();
        page = await page.Form("form[action*='handler=Open']").Submit();
        var form = await page.Follow("填地址");
        var desk = new Desk(web, filer.DepartmentCode!);
        await desk.Save(id, applicant, "place", ("t.address", "申请人自己改的 9 号"));
        await desk.Submit(id, applicant);

        var late = await form.Form("main form").Fill("t.address", "窗口改的 8 号").Submit("保存，填下一项");
        late.Path.ShouldBe($"/staff/counter/{id}");
        late.ShouldBeOk().MainText.ShouldContain("补正已经交过了");
        late.Document.QuerySelector("form[action*='handler=Ask']").ShouldBeNull();
        (await web.Browse(applicant.User).Get($"/cases/{id}")).MainText.ShouldNotContain("综窗交");
    }

    [Fact]
    public async Task The_applicant_reads_that_a_window_takes_it_too_and_others_are_kept_out()
    {
        var (id, _, applicant, _, officer) = await Asking();
        (await web.Browse(applicant.User).Get($"/cases/{id}")).ShouldBeOk().MainText.ShouldContain("的综窗，工作人员照您说的改");
        var notices = (await web.Browse(applicant.User).Get("/notices")).ShouldBeOk().MainText;
        notices.ShouldContain("不用回到原来的大厅");
        notices.ShouldContain("石佛便民服务中心");
        foreach (var user in (TestUser[])[officer, TestUsers.Staff(Roles.HallManager)])
            (await web.Browse(user).Get("/staff/counter/corrections")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse(Clerk()).Get($"/staff/counter/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(Clerk()).Get($"/staff/counter/{id}/correction")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static TestUser Clerk() => TestUsers.Staff(Roles.WindowClerk);

    private static async Task Sit(PageClient browser, string hall)
    {
        var page = await browser.Get("/staff/counter");
        (await page.Form("form[action*='handler=Sit']").Fill("Command.Hall", hall).Fill("Command.Window", "7").Submit()).ShouldBeOk();
    }

    /// <summary>Filed and accepted at a window; the officer asks for an address and a paper.</summary>
    private async Task<(Guid Id, string Number, Applicant Applicant, TestUser Filer, TestUser Officer)> Asking()
    {
        var (desk, applicant) = (await web.NewDesk(), await web.NewApplicant());
        var officer = desk.Officer();
        // Who helps too is led back to the window all the same.
        var filer = TestUsers.Staff(Roles.WindowClerk, Roles.Helper) with { DepartmentCode = officer.DepartmentCode };
        await web.Send(new SitAtCounter { Hall = "fengyang", Window = 1 }, filer);
        var sent = await web.Send(new RequestFillingCode { ServiceCode = officer.DepartmentCode!, Phone = applicant.Phone, Name = applicant.Name, IdNumber = applicant.IdNumber }, filer);
        var id = (await web.Send(new OpenCounterFiling(sent, await CodeOf(applicant, "要代您填")), filer)).CaseId!.Value;
        await desk.Save(id, applicant, "person", ("t.name", applicant.Name), ("t.idNo", applicant.IdNumber), ("t.phone", applicant.Phone));
        await desk.Save(id, applicant, "place", ("t.address", "演示大道 1 号"));
        await web.Send(new ChooseIssuingHall(id, null), filer);
        await web.Send(new RequestSubmittingCode(id), filer);
        await web.Send(new ConfirmCounterFiling(id, await CodeOf(applicant, "请您确认")), filer);
        await web.Send(new AcceptAtCounter(id), filer);
        await web.Send(new ClaimCase(id), officer);
        await web.Send(new RequestCorrection { CaseId = id, Remarks = new Dictionary<string, string> { ["t.address"] = "请写到门牌号", ["material:proof"] = "请补房屋使用证明" } }, officer);
        await web.DrainOutbox();
        return (id, CaseNumber.Display((await web.Send(new GetCaseTrack(id), applicant.User)).Case.Number), applicant, filer, officer);
    }

    private async Task<string> CodeOf(Applicant applicant, string words)
    {
        await web.DrainOutbox();
        return SixDigits().Match((await web.Send(new GetDemoMessages())).First(m => m.Phone == Masking.Mobile(applicant.Phone) && m.Text.Contains(words, StringComparison.Ordinal)).Text).Value;
    }

    [GeneratedRegex("(?<=验证码 )[0-9]{6}")]
    private static partial Regex SixDigits();
}
