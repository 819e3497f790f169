using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Favourites;
using GaoXin.Portal.Catalogue.Scans;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Services;

public sealed class GuidePageTests(PortalWebFactory portal) : IClassFixture<PortalWebFactory>
{
    private const string Phone = "Mozilla/5.0 (Linux; Android 14) Mobile";

    [Fact]
    public async Task A_guide_says_everything_that_the_item_holds()
    {
        var page = (await portal.Browse().Get("/services/food-operation-licence")).ShouldBeOk();

        page.Texts(".gx-facts dt").ShouldBe(["谁能办", "多久办好", "要跑几次", "收多少钱", "要带什么"]);
        page.Texts(".gx-sect > h2").ShouldBe(["能不能办", "带什么材料", "怎么办", "填什么", "办好拿什么", "去哪儿办", "收费", "常见问题", "有意见怎么办", "依据和编码"], ignoreOrder: true);
        string[] said = ["法律规定最长", "窗口", "电话", "行政复议", "行政诉讼", "监督投诉", "实施编码", "第 2 版"];
        foreach (var words in said)
            page.MainText.ShouldContain(words);
        page.Document.QuerySelectorAll(".gx-toc a").Select(a => a.GetAttribute("href")![1..]).ShouldAllBe(id => page.Document.GetElementById(id) != null);
    }

    [Fact]
    public async Task A_guide_of_the_streets_shows_the_centres_and_leads_to_the_directory()
    {
        var page = (await portal.Browse().Get("/services/elder-card")).ShouldBeOk();

        page.Texts(".gx-places h3").ShouldContain(t => t.Contains("便民服务中心"));
        page.Document.QuerySelector("#place a[href='/places?service=elder-card']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Medical_insurance_says_how_many_fields_are_filled_in_and_by_whom()
    {
        var page = (await portal.Browse().Get("/services/resident-insurance")).ShouldBeOk();

        page.Text("#form p").ShouldBe("表里一共 16 个字段，11 个替您填好，您只填 5 个。");
        (await portal.Browse().Get("/services/employee-insurance")).ShouldBeOk().Texts("#form dt").ShouldContain("公安户籍");
    }

    [Fact]
    public async Task A_cancelled_item_is_gone_says_why_and_cannot_be_started()
    {
        var code = await Own("elder-card");
        await Next(code, 2, ItemVersions.Cancel("已经并入居住证", "residence-permit"));

        var page = (await portal.Browse().Get($"/services/{code}")).ShouldBe(HttpStatusCode.Gone);

        page.MainText.ShouldContain("已经并入居住证");
        page.MainText.ShouldContain("取消事项通知（示例）");
        page.Document.QuerySelector("a.gx-btn--primary")!.GetAttribute("href").ShouldBe("/services/residence-permit");
        page.Document.QuerySelector("script[type='application/ld+json']").ShouldBeNull();
        var start = await portal.Browse(TestUsers.Citizen()).Get($"/cases/start/{code}");
        start.Path.ShouldBe($"/services/{code}");
        (await portal.Browse().Get($"/services/{code}/guide.pdf")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_item_that_was_cancelled_before_the_portal_began_leads_on_too() =>
        (await portal.Browse().Get("/services/temporary-residence-certificate")).ShouldBe(HttpStatusCode.Gone).Document.QuerySelector("a.gx-btn--primary")!
            .GetAttribute("href").ShouldBe("/services/residence-permit");

    [Fact]
    public async Task Two_versions_are_compared_in_words_and_the_old_one_can_still_be_read()
    {
        var code = await Own("elder-card", item => item["title"] = "演示事项甲");
        await Next(code, 2, item => item["title"] = "演示事项乙");

        var page = (await portal.Browse().Get($"/services/{code}/versions")).ShouldBeOk();
        page.Text("#changes h2").ShouldBe("第 1 版到第 2 版改了什么");
        page.Text("#changes").ShouldContain("原来：演示事项甲");
        page.Text("#changes").ShouldContain("现在：演示事项乙");

        var old = (await page.Follow("第 1 版")).ShouldBeOk();
        old.Heading.ShouldBe("演示事项甲");
        old.MainText.ShouldContain("只供查对");
        old.Document.QuerySelector("link[rel=canonical]")!.GetAttribute("href").ShouldBe($"https://portal.example/services/{code}");
    }

    [Theory]
    [InlineData("/services/no-such-item/versions", HttpStatusCode.NotFound)]
    [InlineData("/services/elder-card/versions/7", HttpStatusCode.NotFound)]
    [InlineData("/services/elder-card/versions?from=abc&to=99", HttpStatusCode.OK)]
    [InlineData("/services/no-such-item/guide.pdf", HttpStatusCode.NotFound)]
    [InlineData("/services/no-such-item/poster.pdf", HttpStatusCode.NotFound)]
    public async Task Odd_addresses_are_answered(string address, HttpStatusCode status) => (await portal.Browse().Get(address)).ShouldBe(status);

    [Fact]
    public async Task A_citizen_keeps_a_guide_finds_it_again_and_lets_it_go()
    {
        var citizen = portal.Browse(TestUsers.Citizen());
        var guide = (await citizen.Get("/services/elder-card")).ShouldBeOk();

        var kept = (await guide.Form("#next form").Submit()).ShouldBeOk();
        kept.Text("#next form").ShouldBe("已收藏，取消");

        var list = (await citizen.Get("/me/favourites")).ShouldBeOk();
        list.Texts(".gx-mat b").ShouldBe(["老年人优待证办理"]);
        (await portal.Browse(TestUsers.Citizen()).Get("/me/favourites")).ShouldBeOk().MainText.ShouldContain("还没有收藏");
        (await list.Form().Submit()).ShouldBeOk().MainText.ShouldContain("还没有收藏");
    }

    [Fact]
    public async Task A_kept_guide_that_was_cancelled_says_so()
    {
        var (user, code) = (TestUsers.Citizen(), await Own("elder-card"));
        await portal.Send(new KeepFavourite(code), user);
        await Next(code, 2, ItemVersions.Cancel("不用办了"));

        (await portal.Browse(user).Get("/me/favourites")).ShouldBeOk().Texts(".gx-tag").ShouldBe(["已取消"]);
    }

    [Fact]
    public async Task A_visitor_signs_in_first_and_comes_back_to_the_guide()
    {
        var page = await portal.Browse().Get("/services/elder-card");

        page.Document.QuerySelector("#next a[href^='/sign-in']")!.GetAttribute("href").ShouldBe("/sign-in?returnUrl=%2Fservices%2Felder-card");
        (await portal.Browse().Get("/me/favourites")).Path.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Structured_data_is_json_that_cannot_end_its_element()
    {
        const string title = "演示</script><b>'\"&事项";
        var code = await Own("elder-card", item => item["title"] = title);

        var page = (await portal.Browse().Get($"/services/{code}")).ShouldBeOk();

        var block = page.Document.QuerySelectorAll("script[type='application/ld+json']").ShouldHaveSingleItem();
        var data = JsonSerializer.Deserialize<JsonObject>(block.TextContent)!;
        ((string?)data["@type"], (string?)data["name"], (string?)data["url"]).ShouldBe(("GovernmentService", title, $"https://portal.example/services/{code}"));
        data["availableChannel"]!.AsArray().Count.ShouldBeGreaterThan(1);
        page.Document.QuerySelector("meta[name=description]")!.GetAttribute("content").ShouldNotBeNullOrEmpty();
        page.Document.QuerySelector("link[rel=canonical]")!.GetAttribute("href").ShouldBe($"https://portal.example/services/{code}");
    }

    [Fact]
    public async Task The_sitemap_lists_exactly_what_is_in_force()
    {
        var (open, cancelled) = (await Own("elder-card"), await Own("elder-card"));
        await Next(cancelled, 2, ItemVersions.Cancel("不用办了"));
        // Nobody waits a minute for the cache of pages in a test: an address of its own.
        using var answer = await portal.Browse().Send(new HttpRequestMessage(HttpMethod.Get, $"/sitemap.xml?fresh={open}"));

        XNamespace ns = "http://www.sitemaps.org/schemas/sitemap/0.9";
        var urls = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Descendants(ns + "url").ToDictionary(u => (string)u.Element(ns + "loc")!, u => (string?)u.Element(ns + "lastmod"));
        var guides = urls.Keys.Where(u => u.Contains("/services/", StringComparison.Ordinal)).Select(u => u.Split('/')[^1]).ToList();
        var expected = await portal.InDatabase(db => Task.FromResult(db.ServicesInForce(portal.Clock.Today()).Where(v => !v.Cancelled).Select(v => v.Code).ToList()));
        guides.ShouldBe(expected, ignoreOrder: true);
        guides.ShouldContain(open);
        guides.ShouldNotContain(cancelled);
        urls[$"https://portal.example/services/{open}"].ShouldBe("2024-01-01");
    }

    [Fact]
    public async Task Robots_are_shown_the_sitemap_and_kept_from_personal_pages()
    {
        using var answer = await portal.Browse().Send(new HttpRequestMessage(HttpMethod.Get, "/robots.txt"));
        var text = await answer.Content.ReadAsStringAsync();

        text.ShouldContain("Sitemap: https://portal.example/sitemap.xml");
        text.ShouldContain("Disallow: /cases");
        text.ShouldNotContain("Disallow: /services");
    }

    [Theory]
    [InlineData("guide.pdf")]
    [InlineData("poster.pdf")]
    public async Task The_files_to_print_are_pdf_and_may_be_kept_by_caches_of_the_portal(string file)
    {
        using var answer = await portal.Browse().Send(new HttpRequestMessage(HttpMethod.Get, $"/services/elder-card/{file}"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        answer.Content.Headers.ContentDisposition!.FileNameStar!.ShouldStartWith("老年人优待证办理");
        (await answer.Content.ReadAsByteArrayAsync()).AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task A_scan_is_counted_once_a_minute_for_a_telephone_and_never_for_a_robot()
    {
        var code = await Own("elder-card");

        (await portal.Browse(userAgent: Phone).Get($"/s/{code}")).ShouldBeOk().Path.ShouldBe($"/services/{code}");
        for (var i = 0; i < 5; i++)
            await portal.Browse(userAgent: Phone).Get($"/s/{code}");
        await portal.Browse(userAgent: "Mozilla/5.0 (compatible; Baiduspider/2.0)").Get($"/s/{code}");
        await portal.Browse(userAgent: Phone + " MicroMessenger").Get($"/s/{code}");

        var editor = TestUsers.Staff(Roles.CatalogueEditor);
        (await portal.Send(new GetScansOf(code), editor)).Ever.ShouldBe(2);
        (await portal.Browse(editor).Get($"/services/{code}")).ShouldBeOk().MainText.ShouldContain("今天 2 次");
        (await portal.Browse(TestUsers.Officer()).Get($"/services/{code}")).ShouldBeOk().MainText.ShouldNotContain("二维码被扫过");
    }

    [Fact]
    public async Task A_scan_of_what_is_no_item_ends_at_not_found() =>
        (await portal.Browse(userAgent: Phone).Get("/s/no-such-item")).ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Editors_see_all_items_with_scans_and_posters_and_officers_do_not()
    {
        var page = (await portal.Browse(TestUsers.Staff(Roles.CatalogueEditor)).Get("/staff/scans?page-number=2")).ShouldBeOk();

        page.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
        page.Document.QuerySelectorAll("tbody a[href$='/poster.pdf']").Length.ShouldBe(50);
        (await portal.Browse(TestUsers.Officer()).Get("/staff/scans")).ShouldBe(HttpStatusCode.Forbidden);
    }

    private Task<string> Own(string like, Action<JsonObject>? change = null) => portal.InScope(scope => scope.NewItem(like, change));

    private Task Next(string code, int version, Action<JsonObject> change) => portal.InScope(async scope =>
    {
        await scope.NextVersion(code, version, change);
        return code;
    });
}
