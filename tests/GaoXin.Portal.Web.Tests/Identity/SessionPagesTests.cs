using System.Net;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Identity;

public sealed class SessionPagesTests(DemoSite site) : IClassFixture<DemoSite>
{
    private const string Cookie = "gx-session";

    [Fact]
    public async Task Signing_out_ends_every_copy_of_the_cookie_at_once()
    {
        var browser = await Staff("editor");
        var copy = browser.Cookies[Cookie];
        (await Open(copy)).ShouldBe(HttpStatusCode.OK);
        await (await browser.Get("/me/sessions")).Form("form[action='/sign-out']").Submit();
        (await Open(copy)).ShouldBe(HttpStatusCode.Redirect);
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        (await Open(copy)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_session_is_listed_with_its_device_and_ended_from_another_one()
    {
        var (desk, phone) = (await Staff("hall", "Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36"), await Staff("hall", "Mozilla/5.0 (iPhone) AppleWebKit Safari/604.1"));
        var page = await desk.Get("/me/sessions");
        page.Texts("main h2").ShouldBe(["Safari，iPhone", "Chrome，Windows（本机）"], ignoreOrder: true);
        page = await page.Form("form[action*='handler=End']").Submit("让它退出");
        page.ShouldBeOk().Texts("main h2").ShouldBe(["Chrome，Windows（本机）"]);
        (await Open(phone.Cookies[Cookie])).ShouldBe(HttpStatusCode.Redirect);
        (await desk.Get("/me/sessions")).Path.ShouldBe("/me/sessions");
    }

    [Fact]
    public async Task One_button_signs_out_everywhere()
    {
        var (one, other) = (await Staff("window"), await Staff("window"));
        var copy = one.Cookies[Cookie];
        var page = await (await one.Get("/me/sessions")).Form("form[action*='handler=EndAll']").Submit();
        page.Path.ShouldBe("/");
        (await Open(copy)).ShouldBe(HttpStatusCode.Redirect);
        (await Open(other.Cookies[Cookie])).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Somebody_elses_session_is_not_found()
    {
        var mine = await Staff("senior");
        var other = await Staff("auditor");
        var id = (await site.Send(new GetMySessions(), await UserOf("auditor"))).First().Id;
        var page = await mine.Get("/me/sessions");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/me/sessions?handler=End")
        {
            Content = new FormUrlEncodedContent([new("id", $"{id}"), new("__RequestVerificationToken", page.Form().Value("__RequestVerificationToken"))]),
        };
        (await mine.Send(request)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Open(other.Cookies[Cookie])).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_busy_session_of_staff_ends_after_eight_hours()
    {
        var browser = await Staff("admin");
        for (var minutes = 20; minutes < 8 * 60; minutes += 20)
        {
            site.Clock.Advance(TimeSpan.FromMinutes(20));
            (await browser.Get("/me/sessions")).Path.ShouldBe("/me/sessions", $"after {minutes} minutes");
        }

        site.Clock.Advance(TimeSpan.FromMinutes(20));
        (await browser.Get("/me/sessions")).Path.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task A_page_costs_no_statement_for_the_session_within_a_minute_and_one_after_it()
    {
        var browser = await Staff("officer");
        await browser.Get("/accessibility");
        (await Statements(browser)).ShouldBe(0);
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        (await Statements(browser)).ShouldBe(1);
        (await Statements(browser)).ShouldBe(0);
    }

    private async Task<int> Statements(PageClient browser)
    {
        var before = site.Statements.All.Count;
        (await browser.Get("/accessibility")).ShouldBeOk();
        return site.Statements.All.Skip(before).Count(s => s.Contains("identity.sessions", StringComparison.Ordinal));
    }

    private async Task<HttpStatusCode> Open(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me/sessions");
        request.Headers.Add("Cookie", $"{Cookie}={cookie}");
        return (await site.Browse().Send(request)).StatusCode;
    }

    private async Task<TestUser> UserOf(string accountName)
    {
        var account = (await site.Send(new GetStaffAccounts(), TestUsers.Staff(Roles.Auditor))).Items.Single(a => a.AccountName == accountName);
        return TestUsers.Staff() with { Id = account.Id };
    }

    private async Task<PageClient> Staff(string accountName, string userAgent = "")
    {
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var browser = site.Browse(userAgent: userAgent);
        var page = await (await browser.Get("/staff/sign-in")).Form().Fill("Command.AccountName", accountName).Fill("Command.Password", DemoPeople.Password).Submit();
        await page.Form().Fill("Code", Totp.Code(DemoPeople.TotpSecret, site.Clock.GetUtcNow())).Submit();
        browser.Cookies.Keys.ShouldContain(Cookie);
        return browser;
    }
}
