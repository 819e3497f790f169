using System.Net;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Appointments;

namespace GaoXin.Portal.Web.Tests.Deregistration;

/// <summary>Public notices of simple deregistration. The demo register has one that runs (演示绿洲) and one that has run out (演示鑫盛).</summary>
public sealed class NoticePagesTests(AppointmentSite site) : IClassFixture<AppointmentSite>
{
    private const string List = "/deregistration-notices";

    [Fact]
    public async Task Anybody_finds_a_notice_by_a_part_of_the_name_or_by_code()
    {
        var all = (await site.Browse().Get(List)).ShouldBeOk();
        all.MainText.ShouldContain("演示绿洲");
        all.MainText.ShouldContain("演示鑫盛");
        var found = (await site.Browse().Get($"{List}?q=鑫盛")).ShouldBeOk();
        found.MainText.ShouldContain("公示期满，等公司申请");
        found.MainText.ShouldNotContain("演示绿洲");
        (await site.Browse().Get($"{List}?q=没有这家")).ShouldBeOk().MainText.ShouldContain("没有找到这家公司的公告");
    }

    [Fact]
    public async Task A_notice_that_has_run_out_takes_no_objection_any_more()
    {
        var notice = await Open(site.Browse(), "鑫盛");
        notice.Document.QuerySelector("a[href$='/object']").ShouldBeNull();
        var late = await (await (await site.Browser(1)).Get($"{notice.Path}/object")).ShouldBeOk().Form("form.gx-narrow").Fill("Command.Reason", "公司还欠我 2026 年 3 月的货款没有还。").Submit();
        late.ShouldBe(HttpStatusCode.UnprocessableEntity);
        late.MainText.ShouldContain("公示期已经结束");
    }

    [Fact]
    public async Task Somebody_with_a_real_name_objects_once_and_only_the_company_reads_why()
    {
        const string Reason = "公司还欠我 2026 年 3 月的货款两万元没有还。";
        var browser = await site.Browser(2);
        var notice = await Open(browser, "绿洲");
        var form = await browser.Get($"{notice.Path}/object");
        (await form.ShouldBeOk().Form("form.gx-narrow").Submit()).ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldStartWith("请写清楚为什么");
        var tooShort = await form.ShouldBeOk().Form("form.gx-narrow").Fill("Command.Reason", "欠钱").Submit();
        tooShort.ShouldBe(HttpStatusCode.UnprocessableEntity);
        tooShort.Form("form.gx-narrow").Value("Command.Reason").ShouldBe("欠钱");

        var sent = await tooShort.Form("form.gx-narrow").Fill("Command.Reason", Reason).Submit();

        sent.ShouldBeOk().MainText.ShouldContain("异议收到了");
        sent.MainText.ShouldContain("有异议，已停下");
        sent.MainText.ShouldContain("您提了异议");
        sent.Document.QuerySelector("a[href$='/object']").ShouldBeNull("one objection a person");
        sent.MainText.ShouldNotContain("公司申请注销 公示满后");
        sent.MainText.ShouldNotContain("两万元");
        (await form.Form("form.gx-narrow").Fill("Command.Reason", Reason).Submit()).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await site.Browse().Get(notice.Path)).ShouldBeOk().MainText.ShouldNotContain("两万元");
        (await (await site.Browser(4)).Get(notice.Path)).ShouldBeOk().MainText.ShouldContain("两万元");
    }

    [Fact]
    public async Task A_notice_that_is_not_there_is_not_found()
    {
        (await site.Browse().Get($"{List}/{Guid.CreateVersion7()}")).ShouldBe(HttpStatusCode.NotFound);
        (await (await site.Browser(1)).Get($"{List}/{Guid.CreateVersion7()}/object")).ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<PageView> Open(PageClient browser, string name) => (await (await browser.Get($"{List}?q={name}")).ShouldBeOk().Follow($"郑州演示{(name == "绿洲" ? "绿洲环保科技" : "鑫盛商贸")}有限公司")).ShouldBeOk();
}
