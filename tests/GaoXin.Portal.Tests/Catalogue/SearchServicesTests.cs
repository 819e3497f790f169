using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Catalogue;

public sealed class SearchServicesTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Theory]
    [InlineData("有限公司", "company-setup")]
    [InlineData("开公司", "company-setup")]
    [InlineData("注册 公司", "company-setup")]
    [InlineData("办个体执照", "individual-business-setup")]
    [InlineData("摆摊", "individual-business-setup")]
    [InlineData("老年", "elder-card")]
    [InlineData("用工", "works-filing")]
    public async Task Everyday_words_find_the_service_first(string typed, string code) =>
        (await host.Send(new SearchServices(typed))).Items[0].Code.ShouldBe(code);

    [Theory]
    [InlineData("ydz", "老年人优待证办理")]
    [InlineData("laonianrenyoudaizheng", "老年人优待证办理")]
    [InlineData("LaoNianZheng", "老年人优待证办理")]
    [InlineData("jiehundeng", "结婚登记")]
    [InlineData("jiehdj", "结婚登记")]
    [InlineData("結婚", "结婚登记")]
    [InlineData("节婚登记", "结婚登记")]
    [InlineData("ＡＰＥＣ", "APEC商务旅行卡审核转报")]
    public async Task Pinyin_initials_misspelt_and_traditional_words_find_too(string typed, string title) =>
        (await host.Send(new SearchServices(typed))).Items.Take(5).Select(s => s.Title).ShouldContain(title);

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\"'\\")]
    [InlineData("😀🏢")]
    [InlineData("\0公\0司")]
    [InlineData("& | ! ( ) :*")]
    [InlineData("\ud83d")]
    [InlineData("~gong si")]
    public async Task Any_signs_may_be_typed(string typed)
    {
        await Should.NotThrowAsync(() => host.Send(new SearchServices(typed) { Filter = new() { Theme = typed, Place = typed } }));
        await Should.NotThrowAsync(() => host.Send(new SuggestServices(typed)));
    }

    [Theory]
    [InlineData('公')]
    [InlineData('a')]
    public async Task Five_thousand_characters_are_cut(char c) =>
        (await host.Send(new SearchServices(new string(c, 2500) + new string('司', 2500)))).ShouldNotBeNull();

    [Theory]
    [InlineData("%_%")]
    [InlineData("？！")]
    public async Task Signs_alone_find_nothing(string typed)
    {
        var found = await host.Send(new SearchServices(typed));

        (found.Total, found.Items.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task When_nothing_fits_the_nearest_are_suggested()
    {
        var found = await host.Send(new SearchServices("麻辣烫摊子怎么弄"));

        found.Total.ShouldBe(0);
        found.Suggestions.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_was_found_is_marked_in_the_title_or_in_what_it_is_also_called()
    {
        var direct = (await host.Send(new SearchServices("優待證"))).Items.First(s => s.Code == "elder-card");
        direct.Marked.ShouldBe([new("老年人", false), new("优待证", true), new("办理", false)]);
        direct.AlsoCalled.ShouldBeNull();

        var called = (await host.Send(new SearchServices("敬老卡"))).Items.First(s => s.Code == "elder-card");
        called.AlsoCalled.ShouldBe([new("敬老卡", true)]);

        var spelt = (await host.Send(new SearchServices("jhdj"))).Items[0];
        spelt.Marked.ShouldBe([new("结婚登记", true)]);
    }

    [Fact]
    public async Task Without_words_everything_in_force_is_listed_in_pages_by_title()
    {
        var found = await host.Send(new SearchServices());

        found.Total.ShouldBeGreaterThanOrEqualTo(180);
        found.Items.Count.ShouldBe(SearchServices.UsualPageSize);
        (await host.Send(new SearchServices { Page = 999 })).Page.ShouldBe(found.Pages);
        var pages = new List<FoundService>();
        for (var page = 1; page <= found.Pages; page++)
            pages.AddRange((await host.Send(new SearchServices { Page = page })).Items);
        pages.Select(s => s.Code).Distinct().Count().ShouldBe(found.Total);
    }

    [Fact]
    public async Task Services_for_persons_leave_out_those_for_enterprises()
    {
        (await Codes("优待证")).ShouldContain("elder-card");
        (await Codes("用工备案")).ShouldNotContain("works-filing");

        async Task<IEnumerable<string>> Codes(string typed) =>
            (await host.Send(new SearchServices(typed) { Filter = new() { Audience = Audience.Person } })).Items.Select(s => s.Code);
    }

    [Fact]
    public async Task Suggestions_follow_what_is_being_typed_and_are_few()
    {
        (await host.Send(new SuggestServices("gongs"))).ShouldContain(s => s.Code == "company-setup");
        (await host.Send(new SuggestServices("登记"))).Count.ShouldBe(8);
        (await host.Send(new SuggestServices(" "))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_can_be_filed_online_follows_from_the_definitions()
    {
        var online = await host.Send(new GetOnlineServices(Audience.Enterprise));

        online.ShouldContain(s => s.Code == "company-setup");
        online.ShouldNotContain(s => s.Code == "elder-card");
        foreach (var service in online)
            (await host.Send(new GetServiceDefinition(service.Code)))!.Pages.ShouldNotBeEmpty(service.Code);
    }

    [Fact]
    public async Task The_guide_names_department_and_theme_and_splits_the_materials()
    {
        var guide = await host.Send(new GetServiceGuide("company-setup"));

        guide.Department.ShouldBe("市场监督管理局");
        guide.Theme.ShouldBe("开店办企业");
        guide.Wanted.ShouldHaveSingleItem().Code.ShouldBe("domicile-proof");
        guide.Waived.ShouldContain(m => m.Code == "articles");
    }

    [Fact]
    public async Task A_guide_that_is_not_there_is_not_found() =>
        await Should.ThrowAsync<NotFoundException>(() => host.Send(new GetServiceGuide("no-such-service")));
}
