using System.Net;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Cases;

/// <summary>The forms of registration procedures over HTTP, for the enterprises of the demo register.</summary>
public sealed class ProcedurePagesTests(CaseSite site) : IClassFixture<CaseSite>
{
    private const string Save = "保存，填下一项";
    private const string Row = "otherPremises/r1/otherPremises.";

    /// <summary>郑州演示飞翼智能科技有限责任公司, led by the fourth demo person.</summary>
    private const string Company = "91410100MAX000146T";

    /// <summary>The demo company with two shareholders, led by the first.</summary>
    private const string Software = "91410100MADEM0AA91";

    [Fact]
    public async Task The_street_of_further_premises_is_chosen_and_read_as_a_street_everywhere()
    {
        var (browser, id) = await Draft(3, Company, "multi-address-filing");
        await (await browser.Get($"/cases/{id}/form/entity")).Form().Submit(Save);
        var page = await (await browser.Get($"/cases/{id}/form/premises")).Form().Submit("再加一个经营场所");

        var saved = await page.Form().Choose(Row + "division", "410172560").Fill(Row + "address", "郑州高新区示例路 18 号传感谷 B 座").Choose(Row + "licensed", "no").Submit(Save);

        saved.Path.ShouldBe($"/cases/{id}/form/commitment");
        (await saved.Form().Tick("commitment.otherPremises").Tick("commitment.truthful").Submit(Save)).ShouldBeOk();
        (await browser.Get($"/cases/{id}/check")).ShouldBeOk().MainText.ShouldContain("枫杨街道");
        var document = (await browser.Get($"/cases/{id}/documents/application")).ShouldBeOk().MainText;
        document.ShouldContain("枫杨街道");
        document.ShouldNotContain("410172560");
    }

    [Fact]
    public async Task The_registered_name_stands_in_the_form_of_a_change_with_its_region()
    {
        var (browser, id) = await Draft(0, Software, "company-change");
        await (await browser.Get($"/cases/{id}/form/entity")).Form().Tick("change.items")
            .Fill("change.decidedOn.year", $"{site.Clock.Today():yyyy}").Fill("change.decidedOn.month", "1").Fill("change.decidedOn.day", "5").Submit(Save);

        var name = (await browser.Get($"/cases/{id}/form/name")).ShouldBeOk();

        name.Form().Value("company.name.region").ShouldBe("郑州高新区");
        name.Form().Value("company.name.full").ShouldBe("郑州高新区演示软件有限公司");
        var same = await name.Form().Submit(Save);
        same.ShouldBe(HttpStatusCode.UnprocessableEntity);
        same.ErrorOf("company.name.tradeName").ShouldContain("名称和登记的一样");
    }

    [Theory]
    [InlineData("company-change", true)]
    [InlineData("individual-business-deregistration", true)]
    [InlineData("company-setup", false)]
    public async Task Who_acts_for_nobody_yet_is_led_to_choose_the_enterprise_and_back(string service, bool first)
    {
        var page = (await site.Browse(await site.DemoCitizen(4)).Get($"/cases/start/{service}")).ShouldBeOk();

        page.MainText.Contains("先选好是哪一家", StringComparison.Ordinal).ShouldBe(first);
        if (first)
            (await page.Follow("先选企业")).ShouldBeOk().Form("form[action*='handler=Act']").Value("returnUrl").ShouldBe($"/cases/start/{service}");
    }

    private async Task<(PageClient Browser, Guid Id)> Draft(int person, string creditCode, string service)
    {
        var citizen = await site.DemoCitizen(person);
        var enterprise = (await site.Send(new GetMyEnterprises(), citizen)).Enterprises.Single(e => e.CreditCode == creditCode).Id;
        var browser = site.Browse(citizen.ActingFor(enterprise));
        var page = await (await browser.Get($"/cases/start/{service}")).ShouldBeOk().Form().Submit("开始填");
        return (browser, Guid.Parse(page.ShouldBeOk().Path.Split('/')[2]));
    }
}
