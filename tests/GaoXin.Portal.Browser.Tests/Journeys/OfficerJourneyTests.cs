using GaoXin.Portal.Browser.Tests.Steps;

namespace GaoXin.Portal.Browser.Tests.Journeys;

/// <summary>公司设立 with one licensed item: an officer looks, asks for one answer to be mended, and approves.</summary>
[Trait("Category", "Browser")]
public sealed class OfficerJourneyTests(BrowserPortal portal) : IClassFixture<BrowserPortal>
{
    private const string Company = "郑州玄鸟软件科技有限公司";
    private const string Room = "1204 室东侧";

    [Fact]
    public async Task A_company_with_a_licensed_item_is_mended_once_and_approved_by_an_officer()
    {
        var founder = await Citizen.SignedIn(portal, Citizen.Jia, 1280);
        var partner = await Citizen.SignedIn(portal, Citizen.Yi, 390);
        await founder.Opens("/cases/start/company-setup");
        await founder.FilesACompany("玄鸟", "软件科技", partner.Person, ("写软件", "软件开发"), ("饭店", "餐饮服务"));
        await founder.Reads("经营范围里有许可项目");
        await SignBothAndSubmit(founder, partner);
        await founder.Reads("为什么要人工看");
        await founder.Looks();
        var progress = founder.Page.Url;

        var officer = await Officer.SignsIn(portal, 1280);
        await officer.OpensTheCaseOf(Company);
        await officer.Presses("领取这一件");
        await officer.Reads("这一件由您办");
        await officer.Presses("受理并开始审查");
        await officer.Reads("已受理");
        await officer.AsksToMend("门牌号", "请写明在房间的哪一边。");

        await founder.Opens(progress);
        await founder.Sees("公司设立登记");
        await founder.Reads("请写明在房间的哪一边。");
        await founder.Follows("开始改");
        await founder.MendsOnly("门牌号", Room);
        await SignBothAndSubmit(founder, partner);

        await officer.OpensTheCaseOf(Company);
        await officer.Reads("补正后改过");
        await officer.LooksAlsoOnAPhone();
        await officer.Approves();

        await founder.Opens(progress);
        await founder.Reads("办好了");
        var code = await founder.GetsTheLicence();
        await founder.Reads(Room);
        await partner.Verifies(code, Company);
    }

    private static async Task SignBothAndSubmit(Citizen founder, Citizen partner)
    {
        await founder.Presses("请大家签名");
        await partner.SignsFor(Company);
        await founder.Follows("刷新这一页");
        await founder.Presses("签名并提交");
        await founder.Sees("公司设立登记");
    }
}
