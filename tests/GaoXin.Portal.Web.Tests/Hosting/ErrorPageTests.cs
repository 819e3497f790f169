using System.Net;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Hosting;

public sealed class ErrorPageTests(PortalWebFactory web) : IClassFixture<PortalWebFactory>
{
    [Fact]
    public async Task A_member_of_staff_stays_in_the_workbench_when_a_page_is_missing()
    {
        var page = await web.Browse(TestUsers.Staff(Roles.Officer)).Get("/staff/no-such-page");
        page.ShouldBe(HttpStatusCode.NotFound);
        page.Document.DocumentElement.GetAttribute("data-mode").ShouldBe("staff");
        page.Texts(".gx-actions a").ShouldBe(["回工作台"]);
    }

    [Fact]
    public async Task A_citizen_is_led_back_to_the_home_page_and_the_services()
    {
        var page = await web.Browse().Get("/no-such-page");
        page.ShouldBe(HttpStatusCode.NotFound);
        page.Texts(".gx-actions a").ShouldBe(["回首页", "找事项"]);
    }
}
