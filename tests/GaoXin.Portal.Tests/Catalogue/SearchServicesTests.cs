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
    public async Task Everyday_words_find_the_service_first(string typed, string code)
    {
        var found = await host.Send(new SearchServices(typed));

        found.AreSuggestions.ShouldBeFalse();
        found.Items[0].Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\"'\\")]
    [InlineData("😀🏢")]
    [InlineData("\0公\0司")]
    [InlineData("& | ! ( ) :*")]
    [InlineData("\ud83d")]
    public async Task Any_signs_may_be_typed(string typed) => await Should.NotThrowAsync(() => host.Send(new SearchServices(typed, Theme: typed)));

    [Fact]
    public async Task Five_thousand_characters_are_cut() =>
        (await host.Send(new SearchServices(new string('公', 2500) + new string('司', 2500)))).ShouldNotBeNull();

    [Fact]
    public async Task A_percent_sign_is_no_wildcard() => (await host.Send(new SearchServices("%_%"))).AreSuggestions.ShouldBeTrue();

    [Fact]
    public async Task When_nothing_fits_the_nearest_are_suggested()
    {
        var found = await host.Send(new SearchServices("执照补办遗失公告怎么弄"));

        found.AreSuggestions.ShouldBeTrue();
        found.Items.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Without_words_everything_in_force_is_listed_in_pages()
    {
        var found = await host.Send(new SearchServices());

        found.Total.ShouldBeGreaterThanOrEqualTo(4);
        found.Items.Count.ShouldBe(Math.Min(found.Total, SearchServices.PageSize));
        (await host.Send(new SearchServices(Page: 999))).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Services_for_persons_leave_out_those_for_enterprises()
    {
        (await host.Send(new SearchServices("优待证", Audience.Person))).Items.ShouldContain(s => s.Code == "elder-card");
        (await host.Send(new SearchServices("用工备案", Audience.Person))).Items.ShouldNotContain(s => s.Code == "works-filing");
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
