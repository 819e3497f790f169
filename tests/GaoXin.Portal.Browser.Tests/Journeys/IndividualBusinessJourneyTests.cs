using GaoXin.Portal.Browser.Tests.Steps;

namespace GaoXin.Portal.Browser.Tests.Journeys;

/// <summary>个体工商户设立 on a phone: approved at once, verified.</summary>
[Trait("Category", "Browser")]
public sealed class IndividualBusinessJourneyTests(BrowserPortal portal, ITestOutputHelper output) : IClassFixture<BrowserPortal>
{
    private const string Setup = "个体工商户设立登记";

    [Fact]
    public async Task A_shopkeeper_files_on_a_phone_and_holds_the_licence_at_once()
    {
        var shopkeeper = await Citizen.Arrives(portal, Citizen.Jia, 390);
        await shopkeeper.FindsTheGuide("开店", Setup);
        await shopkeeper.Follows("开始办理");
        await shopkeeper.SignsIn();
        await shopkeeper.FilesAShop("青鸾", "百货", ("服装店", "服装服饰零售"));
        await shopkeeper.Presses("签名并提交");
        var code = await shopkeeper.GetsTheLicence();
        await (await Citizen.Arrives(portal, Citizen.Yi, 390)).Verifies(code, "郑州青鸾百货店");
        shopkeeper.Effort.ShouldBeSmall(Setup, output);
    }
}
