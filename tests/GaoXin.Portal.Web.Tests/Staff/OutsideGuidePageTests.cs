using System.Net;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.TagHelpers;

namespace GaoXin.Portal.Web.Tests.Staff;

/// <summary>指南之外无材料、流程之外无环节 on the pages of officer, applicant and supervision.</summary>
public sealed class OutsideGuidePageTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    private const string Reason = "地址和产权登记不一致，要看水电费单核对。";

    [Fact]
    public async Task An_officer_writes_a_reason_or_is_refused_and_everybody_concerned_sees_it()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var page = await Claimed(desk, filed);

        page = await page.Form("#correct").Fill("Outside[0].Title", "水电费单").Fill("Outside[0].Remark", "请拍最近一个月的。").Fill("Outside[0].Reason", "核对").Submit("要求补正");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldContain("“水电费单”不在办事指南第 1 版的材料里");
        page.Text($"#{FieldIds.Error(FieldIds.Of("Outside[0].Reason"))}").ShouldContain("请写明理由");
        page.Form("#correct").Value("Outside[0].Title").ShouldBe("水电费单");
        (await page.Form("#correct").Fill("Outside[0].Title", "房屋使用证明").Fill("Outside[0].Reason", Reason).Submit("要求补正")).Errors.Single().ShouldContain("在办事指南里");

        page = await page.Form("#correct").Fill("Outside[0].Title", "水电费单").Fill("Outside[0].Reason", Reason).Submit("要求补正");
        page.ShouldBeOk().MainText.ShouldContain("提出清单外要求");
        page.MainText.ShouldContain(Reason);

        var track = (await web.Browse(filed.Applicant.User).Get($"/cases/{filed.Id}")).ShouldBeOk();
        track.MainText.ShouldContain("工作人员提了办事指南以外的要求");
        track.MainText.ShouldContain(Reason);
        var supervised = (await web.Browse(TestUsers.Staff(Roles.Auditor)).Get("/staff/supervision/exceptions")).ShouldBeOk();
        supervised.MainText.ShouldContain(Reason);
        (await web.Browse(desk.Senior()).Get("/staff/supervision/exceptions")).ShouldBeOk().MainText.ShouldContain("水电费单");
        (await web.Browse((await web.NewDesk()).Senior()).Get("/staff/supervision/exceptions")).ShouldBeOk().MainText.ShouldContain("没有清单外要求");
        (await web.Browse(desk.Officer()).Get("/staff/supervision/exceptions")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_applicant_uploads_it_takes_it_away_and_submits_again()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var officer = desk.Officer();
        await web.Send(new ClaimCase(filed.Id), officer);
        await web.Send(new RequestCorrection { CaseId = filed.Id, Remarks = new Dictionary<string, string>(), Outside = [new OutsideMaterial("水电费单", "请拍最近一个月的。", Reason)] }, officer);
        var browser = web.Browse(filed.Applicant.User);

        var page = await (await browser.Get($"/cases/{filed.Id}")).Follow("水电费单（指南以外）");
        page.ShouldBeOk().MainText.ShouldContain(Reason);
        (await page.Form("form[enctype]").Submit("上传")).ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldBe("请选择文件。");
        page = await page.Form("form[enctype]").Attach("Upload", "单子.pdf", "application/pdf", Pdf()).Submit("上传");
        page.ShouldBeOk().MainText.ShouldContain("单子.pdf");
        page = await page.Form("form[action*='handler=Remove']").Submit("删除");
        page.ShouldBeOk().MainText.ShouldNotContain("单子.pdf");
        await page.Form("form[enctype]").Attach("Upload", "单子.pdf", "application/pdf", Pdf()).Submit("上传");
        await desk.Submit(filed.Id, filed.Applicant);

        (await web.Browse(officer).Get($"/staff/work/{filed.Id}")).ShouldBeOk().MainText.ShouldContain("看第 1 个文件");
        (await browser.Get(page.Path)).ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse((await web.NewApplicant()).User).Get(page.Path)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_step_outside_the_guide_needs_a_reason_too()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var page = await Claimed(desk, filed);

        page = await page.Form("form[action*='handler=Step']").Fill("OutsideStep", "上门核查").Submit("记下这一步");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Text("#StepReason-error").ShouldContain("“上门核查”不在办事指南第 1 版的流程里");
        page = await page.Form("form[action*='handler=Step']").Fill("StepReason", "照片看不出是不是住宅，要去看一看。").Submit("记下这一步");
        page.ShouldBeOk().MainText.ShouldContain("已记下这一步");
        (await web.Browse(filed.Applicant.User).Get($"/cases/{filed.Id}")).MainText.ShouldContain("多做一步“上门核查”");
    }

    private async Task<PageView> Claimed(Desk desk, Filed filed)
    {
        var page = await web.Browse(desk.Officer()).Get($"/staff/work/{filed.Id}");
        return (await page.Form("form[action*='handler=Claim']").Submit()).ShouldBeOk();
    }

    private static byte[] Pdf() => "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();
}
