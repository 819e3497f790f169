using System.Net;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Appointments;

namespace GaoXin.Portal.Web.Tests.Property;

/// <summary>Pages of property registration: booking by case, and who may look a seizure up. Demo persons own the demo units.</summary>
public sealed class PropertyPagesTests(AppointmentSite site) : IClassFixture<AppointmentSite>
{
    private const string OwnUnit = "410172001001GB00011F00010101";
    private const string SealedUnit = "410172 001001 GB00013 F00030301";

    [Fact]
    public async Task Who_has_no_pre_checked_case_is_led_to_the_form()
    {
        var browser = await site.Browser(3);
        var times = await browser.Get("/appointments/time?service=estate-sale-transfer");
        times.ShouldBeOk().MainText.ShouldContain("预审通过以后约面签");
        var who = await times.Form("#times").Choose("slot", FreeSlot(times)).Submit();
        who.ShouldBeOk().MainText.ShouldContain("要先交申请");
        who.Document.QuerySelectorAll("main form button[type=submit]").ShouldBeEmpty();
        (await who.Follow("看指南，在线办理")).ShouldBeOk().Path.ShouldBe("/services/estate-sale-transfer");
        (await browser.Get("/appointments/wait?service=estate-sale-transfer")).ShouldBeOk().MainText.ShouldContain("要先交申请");
    }

    [Fact]
    public async Task A_pre_checked_case_is_chosen_booked_and_shown_on_the_pass()
    {
        await site.Admit(4, "estate-sale-transfer");
        await site.Admit(4, "estate-sale-transfer");
        var browser = await site.Browser(4);
        var times = await browser.Get("/appointments/time?service=estate-sale-transfer");
        var who = await times.Form("#times").Choose("slot", FreeSlot(times)).Submit();
        var radios = who.ShouldBeOk().Document.QuerySelectorAll("input[name='Command.CaseId']");
        radios.Length.ShouldBe(2);
        who.Document.QuerySelector("[name='Command.PropertyUnit']").ShouldBeNull();

        var without = await who.Form().Submit();
        without.ShouldBe(HttpStatusCode.UnprocessableEntity);
        without.MainText.ShouldContain("预审通过");
        var confirm = await who.Form().Choose("Command.CaseId", radios[0].GetAttribute("value")!).Submit();
        var pass = await confirm.Form().Submit("确认预约");
        pass.ShouldBeOk().MainText.ShouldContain("GX-20261122-");
        pass.MainText.ShouldContain("F********");
        (await who.Form().Choose("Command.CaseId", radios[0].GetAttribute("value")!).Submit()).Path.ShouldBe(pass.Path, "a double click is the same booking");
        var other = await (await browser.Get(who.Path + $"?service=estate-sale-transfer&slot={FreeSlot(times)}")).Form().Submit();
        other.ShouldBe(HttpStatusCode.UnprocessableEntity);
        other.MainText.ShouldContain("一个人同时只能约一个");
    }

    [Fact]
    public async Task The_owner_sees_a_seizure_a_buyer_needs_the_certificate_and_staff_may_not()
    {
        var owner = await site.Browser(2);
        var page = await owner.Get("/property/seizure");
        var empty = await page.ShouldBeOk().Form().Submit("查询");
        empty.ShouldBe(HttpStatusCode.UnprocessableEntity);
        empty.ErrorOf("Command.UnitNumber").ShouldContain("28 位");
        empty.ErrorOf("Command.Ground").ShouldContain("关系");
        empty.ErrorOf("Command.Reason").ShouldContain("用途");
        var answer = await page.Form().Fill("Command.UnitNumber", SealedUnit.ToLowerInvariant()).Choose("Command.Ground", "Holder").Fill("Command.Reason", "自己核对一下").Submit("查询");
        answer.ShouldBeOk().MainText.ShouldContain("已被查封");
        answer.MainText.ShouldContain("2026年3月16日");

        var buyer = await site.Browser(1);
        var form = (await buyer.Get("/property/seizure")).Form().Fill("Command.UnitNumber", OwnUnit).Choose("Command.Ground", "Buyer").Fill("Command.Reason", "签买卖合同以前核对");
        (await form.Submit("查询")).ErrorOf("Command.CertificateNo").ShouldContain("证号");
        var clear = await form.Fill("Command.CertificateNo", "豫(2024)郑州市不动产权第0000111号").Submit("查询");
        clear.ShouldBeOk().MainText.ShouldContain("没有查封");
        clear.MainText.ShouldNotContain("演示甲");
        (await site.Browse(TestUsers.Officer()).Get("/property/seizure")).ShouldBe(HttpStatusCode.Forbidden);
    }

    private static string FreeSlot(PageView times) => times.Document.QuerySelectorAll("#times input[name=slot]:not([disabled])").First().GetAttribute("value")!;
}
