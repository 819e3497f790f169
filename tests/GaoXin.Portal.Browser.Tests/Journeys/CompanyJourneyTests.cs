using GaoXin.Portal.Browser.Tests.Steps;
using GaoXin.Portal.Identity;

namespace GaoXin.Portal.Browser.Tests.Journeys;

/// <summary>公司设立 from the search box to the verified licence: two shareholders, general items only, nobody at an office.</summary>
[Trait("Category", "Browser")]
public sealed class CompanyJourneyTests(BrowserPortal portal, ITestOutputHelper output) : IClassFixture<BrowserPortal>
{
    private const string Setup = "公司设立登记";

    [Fact]
    public Task Two_people_found_a_company_at_a_desk() => FoundAndVerify(Citizen.Jia, Citizen.Yi, "蓝鲸", 1280);

    [Fact]
    public Task Two_people_found_a_company_on_their_phones() => FoundAndVerify(Citizen.Bing, Citizen.Wu, "赤狐", 390);

    [Fact]
    public Task Two_people_found_a_company_on_phones_without_JavaScript() => FoundAndVerify(Citizen.Ding, Citizen.Wu, "白鹭", 390, javaScript: false);

    private async Task FoundAndVerify(DemoCitizen founder, DemoCitizen partner, string trade, int width, bool javaScript = true)
    {
        var company = $"郑州{trade}软件科技有限公司";
        var first = await Citizen.Arrives(portal, founder, width, javaScript);
        await first.FindsTheGuide("开公司", Setup);
        await first.Follows("开始办理");
        await first.SignsIn();
        await first.FilesACompany(trade, "软件科技", partner, ("写软件", "软件开发"));
        await first.Reads("全部符合规则，提交后系统当场审");
        await first.Presses("请大家签名");
        await first.Reads("等他签");

        var second = await Citizen.SignedIn(portal, partner, width, javaScript);
        await second.SignsFor(company);

        await first.Follows("刷新这一页");
        await first.Presses("签名并提交");
        var code = await first.GetsTheLicence();
        await first.Reads(company);

        var anybody = await Citizen.Arrives(portal, partner, width, javaScript);
        await anybody.Verifies(code, company);
        first.Effort.ShouldBeSmall(Setup, output);
    }
}
