using System.Net;
using System.Text.RegularExpressions;
using GaoXin.Portal.Identity;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Identity;

/// <summary>Somebody in the same network tries to lock a person out; the test server gives everybody the same address.</summary>
public sealed partial class LockOutTests(DemoSite site) : IClassFixture<DemoSite>
{
    private const string Wrong = "Wrong-Password-1";

    [Fact]
    public async Task Wrong_passwords_of_a_stranger_do_not_stop_the_device_that_signed_in_before()
    {
        var mine = site.Browse();
        await SecondFactor(await FirstFactor(mine, "editor", DemoPeople.Password));
        await (await mine.Get("/me/sessions")).Form("form[action='/sign-out']").Submit();
        var stranger = site.Browse();
        for (var i = 0; i < 8; i++)
            (await FirstFactor(stranger, "editor", Wrong)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await FirstFactor(stranger, "editor", DemoPeople.Password)).Errors.Single().ShouldContain("请过 15 分钟再试");
        (await FirstFactor(site.Browse(), "editor", DemoPeople.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var page = await FirstFactor(mine, "editor", DemoPeople.Password);
        page.Path.ShouldBe("/staff/sign-in/code");
        await SecondFactor(page);
        mine.Cookies.Keys.ShouldContain("gx-session");
    }

    [Fact]
    public async Task Wrong_passwords_on_the_own_device_wait_too()
    {
        var mine = site.Browse();
        await SecondFactor(await FirstFactor(mine, "hall", DemoPeople.Password));
        await (await mine.Get("/me/sessions")).Form("form[action='/sign-out']").Submit();
        for (var i = 0; i < 5; i++)
            await FirstFactor(mine, "hall", Wrong);
        (await FirstFactor(mine, "hall", DemoPeople.Password)).Errors.Single().ShouldContain("请过 15 分钟再试");
    }

    [Fact]
    public async Task Codes_a_stranger_asks_for_neither_close_mine_nor_use_up_my_quota()
    {
        const string Phone = "19700000001";
        var (mine, stranger) = (site.Browse(), site.Browse());
        await Confirm(await Ask(mine, Phone));
        await (await mine.Get("/me/sessions")).Form("form[action='/sign-out']").Submit();
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 4; i++)
        {
            (await Ask(stranger, Phone)).Path.ShouldBe("/sign-in/code");
            site.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await Ask(stranger, Phone)).Errors.Single().ShouldContain("一小时最多 5 条");
        var page = await Ask(mine, Phone);
        page.Path.ShouldBe("/sign-in/code");
        await Confirm(page);
        mine.Cookies.Keys.ShouldContain("gx-session");
    }

    [Fact]
    public async Task Five_wrong_codes_of_a_stranger_lock_the_stranger_only_and_my_code_is_good_in_my_browser_only()
    {
        const string Phone = "19700000002";
        var (mine, stranger) = (site.Browse(), site.Browse());
        await Confirm(await Ask(mine, Phone));
        await (await mine.Get("/me/sessions")).Form("form[action='/sign-out']").Submit();
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        var theirs = await Ask(stranger, Phone);
        var page = await Ask(mine, Phone);
        var code = await LatestCode();
        for (var i = 0; i < 5; i++)
            (await theirs.Form().Fill("Code", code).Submit()).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Ask(stranger, Phone)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await page.Form().Fill("Code", code).Submit();
        mine.Cookies.Keys.ShouldContain("gx-session");
    }

    private static async Task<PageView> FirstFactor(PageClient browser, string account, string password) =>
        await (await browser.Get("/staff/sign-in")).Form().Fill("Command.AccountName", account).Fill("Command.Password", password).Submit();

    private Task<PageView> SecondFactor(PageView page) => page.Form().Fill("Code", Totp.Code(DemoPeople.TotpSecret, site.Clock.GetUtcNow())).Submit();

    private static async Task<PageView> Ask(PageClient browser, string phone) =>
        await (await browser.Get("/sign-in")).Form().Fill("Command.Phone", phone).Submit();

    private async Task<PageView> Confirm(PageView page) => await page.Form().Fill("Code", await LatestCode()).Submit();

    private async Task<string> LatestCode()
    {
        await site.DrainOutbox();
        return SixDigits().Match((await site.Browse().Get("/demo/sms")).Text(".gx-card p:last-child")).Value;
    }

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();
}
