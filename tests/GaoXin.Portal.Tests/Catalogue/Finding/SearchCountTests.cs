using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Catalogue.Finding;

public sealed class SearchCountTests(PortalHost host) : IClassFixture<PortalHost>
{
    private readonly UserSession _editor = host.As(TestUsers.Staff(Roles.CatalogueEditor));

    [Fact]
    public async Task Words_that_many_search_for_become_hot_and_not_before()
    {
        (await host.Send(new GetHotWords())).AreCounted.ShouldBeFalse();
        await Search("请问结婚登记怎么办？", SearchCounts.Threshold - 1);
        (await host.Send(new GetHotWords())).Words.ShouldNotContain("结婚登记");

        await Search("結婚登記", 1);

        var hot = await host.Send(new GetHotWords());
        hot.AreCounted.ShouldBeTrue();
        hot.Words.ShouldContain("结婚登记");
    }

    [Fact]
    public async Task Words_that_find_nothing_are_listed_for_editors_from_the_third_time_on()
    {
        await Search("麻辣烫摊子", GetMissedSearches.Threshold - 1);
        (await Missed("麻辣烫摊子")).ShouldBeNull();

        await Search("麻辣烫摊子", 1);

        var missed = (await Missed("麻辣烫摊子")).ShouldNotBeNull();
        missed.Count.ShouldBe(GetMissedSearches.Threshold);
        missed.FoundNow.ShouldBeFalse();
        missed.Last.ShouldBe(host.Clock.Today());
    }

    [Theory]
    [InlineData("13800001234")]
    [InlineData("410105199003072847")]
    [InlineData("王小明")]
    [InlineData("王小明的居住证")]
    [InlineData("居住证13800001234")]
    [InlineData("给张三办结婚登记")]
    [InlineData("李四家的狗")]
    [InlineData("wangxiaoming")]
    [InlineData("某某科技第12345号")]
    public async Task What_may_name_a_person_is_never_kept(string typed)
    {
        await Search(typed, 30);

        (await host.InDatabase(db => db.SearchCounts.Select(c => c.Text).ToListAsync()))
            .ShouldNotContain(t => t.Contains("1380") || t.Contains("4101") || t.Contains("王小明") || t.Contains("张三") || t.Contains("李四") || t.Contains("wang") || t.Contains("12345"));
    }

    [Fact]
    public async Task Two_instances_add_up_and_old_counts_go()
    {
        await Search("天气预报怎么看", 2);
        await Search("天气预报怎么看", 2);
        (await Missed("天气预报 看"))!.Count.ShouldBe(4);

        host.Clock.Advance(TimeSpan.FromDays(TidySearchCounts.Days + 1));
        (await host.InScope(services => services.GetServices<IPeriodicTask>().OfType<TidySearchCounts>().Single().Run(CancellationToken.None))).ShouldBeGreaterThan(0);
        (await Missed("天气预报 看")).ShouldBeNull();
    }

    [Fact]
    public async Task Others_do_not_read_what_people_searched_for()
    {
        await Should.ThrowAsync<AccessDeniedException>(() => host.Send(new GetMissedSearches()));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Officer()).Send(new GetMissedSearches()));
    }

    private async Task Search(string typed, int times)
    {
        for (var i = 0; i < times; i++)
            await host.Send(new CountSearch(typed));
        await host.InScope(async services =>
        {
            var counts = services.GetRequiredService<SearchCounts>();
            await counts.Keep(CancellationToken.None);
            await counts.Refresh(CancellationToken.None);
        });
    }

    private async Task<MissedSearch?> Missed(string text)
    {
        for (var (page, pages) = (1, 1); page <= pages; page++)
        {
            var missed = await _editor.Send(new GetMissedSearches(page));
            pages = missed.Pages;
            if (missed.Items.FirstOrDefault(m => m.Text == text) is { } found)
                return found;
        }

        return null;
    }
}
