using System.Net;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Services;

public sealed class ServicePagesTests(PortalWebFactory portal) : IClassFixture<PortalWebFactory>
{
    [Fact]
    public async Task From_the_search_box_to_the_start_of_a_case()
    {
        var home = await portal.Browse().Get("/");
        var results = (await home.Form(".gx-search").Fill("q", "开公司").Submit()).ShouldBeOk();
        results.MainText.ShouldContain("公司设立登记");

        var guide = (await results.Follow("公司设立登记")).ShouldBeOk();

        guide.Heading.ShouldBe("公司设立登记");
        guide.Texts(".gx-facts dt").ShouldBe(["谁能办", "多久办好", "要跑几次", "收多少钱", "要带什么"]);
        guide.Document.QuerySelector("a.gx-btn--primary")!.GetAttribute("href").ShouldBe("/cases/start/company-setup");
        guide.Document.QuerySelector("svg.gx-qr")!.GetAttribute("aria-label")!.ShouldContain("/s/company-setup");
    }

    [Fact]
    public async Task The_list_shows_all_services_and_themes_without_words()
    {
        var page = (await portal.Browse().Get("/services")).ShouldBeOk();

        page.MainText.ShouldContain("一共");
        page.MainText.ShouldContain("按主题找");
        (await portal.Browse().Get("/services?theme=elders")).ShouldBeOk().MainText.ShouldContain("老年人优待证办理");
    }

    [Theory]
    [InlineData("/services?q=%25")]
    [InlineData("/services?q=%27%22%3Cscript%3E")]
    [InlineData("/services?q=%F0%9F%98%80&page-number=abc&for=nobody&theme=%00")]
    [InlineData("/services?page-number=-5")]
    public async Task Odd_addresses_show_a_page(string address) => (await portal.Browse().Get(address)).ShouldBeOk();

    [Fact]
    public async Task Five_thousand_typed_characters_are_shown_cut() =>
        (await portal.Browse().Get("/services?q=" + new string('a', 5000))).ShouldBeOk().Document.QuerySelector("#q")!.GetAttribute("value")!.Length.ShouldBe(60);

    [Fact]
    public async Task A_guide_that_is_not_there_is_not_found() =>
        (await portal.Browse().Get("/services/no-such-service")).ShouldBe(HttpStatusCode.NotFound);
}
