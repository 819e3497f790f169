using System.Net;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Web.Tests.Staff;

public sealed class MissedSearchPageTests(PortalWebFactory portal) : IClassFixture<PortalWebFactory>
{
    private const string Address = "/staff/catalogue/missed-searches";

    [Fact]
    public async Task What_citizens_searched_in_vain_reaches_the_editor()
    {
        var words = "/services?q=" + Uri.EscapeDataString("烧烤摊子");
        for (var i = 0; i < GetMissedSearches.Threshold; i++)
            await portal.Browse().Get(words);
        await portal.InScope(async services => await services.GetRequiredService<SearchCounts>().Keep(CancellationToken.None));

        var page = (await portal.Browse(TestUsers.Staff(Roles.CatalogueEditor)).Get(Address)).ShouldBeOk();

        page.Texts("tbody td").ShouldContain("烧烤摊子");
        page.Document.QuerySelector($"nav a[href='{Address}']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Officers_do_not_read_it() => (await portal.Browse(TestUsers.Officer()).Get(Address)).ShouldBe(HttpStatusCode.Forbidden);
}
