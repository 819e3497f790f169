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
    public async Task The_list_shows_all_services_and_the_published_numbers_without_words()
    {
        var page = (await portal.Browse().Get("/services")).ShouldBeOk();

        page.MainText.ShouldContain("一共");
        page.MainText.ShouldContain("示例数据");
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
    public async Task Filters_are_links_that_keep_the_words_and_each_other()
    {
        var found = await portal.Browse().Get("/services?q=%E7%99%BB%E8%AE%B0");
        var instant = (await found.Follow("即来即办")).ShouldBeOk();
        var both = (await instant.Follow("街道")).ShouldBeOk();

        both.Address.Query.ShouldContain("q=");
        both.Address.Query.ShouldContain("speed=instant");
        both.Address.Query.ShouldContain("level=street");
        both.Texts(".gx-chip[aria-current]").Count.ShouldBe(2);
        both.Document.QuerySelectorAll(".gx-hits > li").Length.ShouldBeGreaterThan(0);
        (await both.Follow("全部去掉")).Texts(".gx-chip[aria-current]").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_stages_of_life_on_the_home_page_lead_to_as_many_services_as_they_say()
    {
        // The first search reads the catalogue into memory; the home page shows what is there.
        await portal.Browse().Get("/services");
        var home = (await portal.Browse().Get("/?counted=1")).ShouldBeOk();
        var stages = home.Document.QuerySelectorAll(".gx-linkgrid a").Select(a => (Address: a.GetAttribute("href")!, Says: a.QuerySelector("span")!.TextContent)).ToList();

        stages.Count.ShouldBeGreaterThan(15);
        foreach (var (address, says) in stages.Where((_, i) => i % 6 == 0))
            (await portal.Browse().Get(address)).ShouldBeOk().Text(".gx-found b").ShouldBe(says.Split(' ')[0]);
    }

    [Fact]
    public async Task A_chosen_filter_says_how_many_it_lists()
    {
        var page = await portal.Browse().Get("/services?online=1");

        var chip = page.Text(".gx-chip[aria-current] span").Replace("项", "", StringComparison.Ordinal).Trim();
        page.Text(".gx-found b").ShouldBe(chip);
    }

    [Fact]
    public async Task What_was_found_is_marked()
    {
        var page = await portal.Browse().Get("/services?q=jhdj");

        page.Text(".gx-hits mark").ShouldBe("结婚登记");
    }

    [Fact]
    public async Task A_search_in_vain_offers_the_nearest_a_telephone_and_the_hall()
    {
        var page = (await portal.Browse().Get("/services?q=" + Uri.EscapeDataString("麻辣烫摊子"))).ShouldBeOk();

        page.MainText.ShouldContain("没找到“麻辣烫摊子”");
        page.Document.QuerySelectorAll(".gx-hits > li").Length.ShouldBeGreaterThan(0);
        page.Document.QuerySelector("main a[href='tel:12345']").ShouldNotBeNull();
        (await page.Follow("大厅和便民服务中心")).ShouldBeOk();
    }

    [Fact]
    public async Task Filters_that_leave_nothing_say_how_to_go_on()
    {
        var page = await portal.Browse().Get("/services?q=" + Uri.EscapeDataString("结婚登记") + "&department=fire");

        page.MainText.ShouldContain("没有同时符合这些条件的事项");
        (await page.Follow("去掉全部条件")).ShouldBeOk().Document.QuerySelectorAll(".gx-hits > li").Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Suggestions_come_as_json_with_marked_parts()
    {
        var answer = await portal.Browse().Send(new HttpRequestMessage(HttpMethod.Get, "/services/suggestions?q=laonian"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var lines = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.EnumerateArray().ToList();
        lines.ShouldContain(l => l.GetProperty("url").GetString() == "/services/elder-card");
        lines[0].GetProperty("title").EnumerateArray().First().GetProperty("marked").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_directory_lists_what_each_place_handles()
    {
        var page = (await portal.Browse().Get("/places")).ShouldBeOk();

        page.MainText.ShouldContain("枫杨街道便民服务中心");
        page.MainText.ShouldContain("户籍窗口");
        page.MainText.ShouldContain("个体工商户审批窗口");
        var here = (await page.Follow("这里能办的")).ShouldBeOk();
        here.Address.Query.ShouldContain("place=");

        var one = (await portal.Browse().Get("/places?service=birth-registration")).ShouldBeOk();
        one.Heading.ShouldBe("出生登记在哪儿办");
        (await portal.Browse().Get("/places?service=nothing")).ShouldBeOk().Heading.ShouldBe("就近办：办理地点");
    }

    [Fact]
    public async Task A_guide_that_is_not_there_is_not_found() =>
        (await portal.Browse().Get("/services/no-such-service")).ShouldBe(HttpStatusCode.NotFound);
}
