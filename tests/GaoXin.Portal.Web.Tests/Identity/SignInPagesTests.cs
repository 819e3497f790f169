using System.Net;
using System.Text.RegularExpressions;
using GaoXin.Portal.Identity;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Identity;

/// <summary>The program in demo mode.</summary>
public sealed class DemoSite : PortalWebFactory
{
    protected override bool DemoMode => true;
}

public sealed partial class SignInPagesTests(DemoSite site) : IClassFixture<DemoSite>
{
    private static int _phone;

    [Fact]
    public async Task A_known_citizen_signs_in_with_a_code_and_lands_where_he_wanted_to_go()
    {
        var browser = site.Browse();
        var page = await browser.Get("/me/data");
        page.Path.ShouldBe("/sign-in");
        page = await SignIn(browser, page, DemoPeople.Citizens[2].Phone);
        page.Path.ShouldBe("/me/data");
        page.Html.ShouldContain("演**");
        page.Html.ShouldNotContain(DemoPeople.Citizens[2].IdNumber);
    }

    [Fact]
    public async Task A_new_citizen_is_led_to_the_real_name_and_signs_out()
    {
        var browser = site.Browse();
        var page = await SignIn(browser, await browser.Get("/sign-in"), NewPhone());
        page.Path.ShouldBe("/real-name");
        page.Heading.ShouldBe("实名认证");
        page = await page.Form("form[action='/sign-out']").Submit();
        page.Path.ShouldBe("/");
        (await browser.Get("/real-name")).Path.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Known_and_unknown_numbers_get_the_same_pages()
    {
        var known = await Ask(site.Browse(), DemoPeople.Citizens[3].Phone);
        var unknown = await Ask(site.Browse(), NewPhone());
        (unknown.Status, unknown.Path, unknown.Heading).ShouldBe((known.Status, known.Path, known.Heading));
        var (wrongKnown, wrongUnknown) = (await known.Form().Fill("Code", "000000").Submit(), await unknown.Form().Fill("Code", "000000").Submit());
        (wrongUnknown.Status, wrongUnknown.ErrorOf("Code")).ShouldBe((wrongKnown.Status, wrongKnown.ErrorOf("Code")));
        wrongKnown.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_number_that_is_none_stays_in_the_field_beside_a_clear_message()
    {
        var page = await (await site.Browse().Get("/sign-in")).Form().Fill("Command.Phone", "1380000").Submit();
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Form().Value("Command.Phone").ShouldBe("1380000");
        page.ErrorOf("Command.Phone").ShouldContain("11 位手机号");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Nobody_is_led_to_another_site(string target)
    {
        var browser = site.Browse();
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        var page = await SignIn(browser, await browser.Get($"/sign-in?returnUrl={Uri.EscapeDataString(target)}"), DemoPeople.Citizens[4].Phone);
        page.Address.Host.ShouldBe("localhost");
        page.Path.ShouldBe("/");
    }

    [Fact]
    public async Task The_number_stands_in_no_address_and_a_planted_session_is_worth_nothing()
    {
        var browser = site.Browse();
        var phone = NewPhone();
        var page = await Ask(browser, phone);
        page.Address.ToString().ShouldNotContain(phone);
        browser.Cookies.Keys.ShouldNotContain("gx-session");
        await Confirm(page);
        var first = browser.Cookies["gx-session"];
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        await (await browser.Get("/real-name")).Form("form[action='/sign-out']").Submit();
        await Confirm(await Ask(browser, phone));
        browser.Cookies["gx-session"].ShouldNotBe(first);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        foreach (var path in (string[])["/sign-in", "/sign-out", "/staff/sign-in"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([new("Command.Phone", "13800000001")]) };
            (await site.Browse().Send(request)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        var browser = site.Browse();
        var page = await Ask(browser, NewPhone());
        var token = page.Form().Value("__RequestVerificationToken");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in/code")
        {
            Content = new FormUrlEncodedContent([new("Code", await LatestCode()), new("__RequestVerificationToken", token)]),
        };
        var cookie = (await browser.Send(request)).Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("gx-session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("secure");
    }

    [Fact]
    public async Task Staff_sign_in_with_password_and_code_and_are_signed_out_after_half_an_hour_of_silence()
    {
        var browser = site.Browse();
        var page = await (await browser.Get("/staff/sign-in")).Form().Fill("Command.AccountName", "officer").Fill("Command.Password", DemoPeople.Password).Submit();
        page.Path.ShouldBe("/staff/sign-in/code");
        browser.Cookies.Keys.ShouldNotContain("gx-session");
        await page.Form().Fill("Code", Totp.Code(DemoPeople.TotpSecret, site.Clock.GetUtcNow())).Submit();
        browser.Cookies.Keys.ShouldContain("gx-session");
        (await browser.Get("/staff/sign-in")).Path.ShouldStartWith("/staff/work");
        site.Clock.Advance(TimeSpan.FromMinutes(31));
        (await browser.Get("/staff/sign-in")).Path.ShouldBe("/staff/sign-in");
    }

    [Fact]
    public async Task Staff_answers_are_alike_for_unknown_accounts_and_wrong_passwords()
    {
        var unknown = await (await site.Browse().Get("/staff/sign-in")).Form().Fill("Command.AccountName", "nobody").Fill("Command.Password", "Wrong-Password-1").Submit();
        var wrong = await (await site.Browse().Get("/staff/sign-in")).Form().Fill("Command.AccountName", "hall").Fill("Command.Password", "Wrong-Password-1").Submit();
        (unknown.Status, unknown.Errors.Single()).ShouldBe((wrong.Status, wrong.Errors.Single()));
        unknown.Html.ShouldNotContain("Wrong-Password-1");
    }

    [Fact]
    public async Task The_second_factor_page_alone_leads_back_to_the_first() =>
        (await site.Browse().Get("/staff/sign-in/code")).Path.ShouldBe("/staff/sign-in");

    private static string NewPhone() => FormattableString.Invariant($"198{Interlocked.Increment(ref _phone):00000000}");

    private static async Task<PageView> Ask(PageClient browser, string phone) =>
        await (await browser.Get("/sign-in")).Form().Fill("Command.Phone", phone).Submit();

    private async Task<PageView> SignIn(PageClient browser, PageView page, string phone) =>
        await Confirm(await page.Form().Fill("Command.Phone", phone).Submit());

    private async Task<PageView> Confirm(PageView page) => await page.Form().Fill("Code", await LatestCode()).Submit();

    private async Task<string> LatestCode()
    {
        await site.DrainOutbox();
        var page = await site.Browse().Get("/demo/sms");
        return SixDigits().Match(page.Text(".gx-card p:last-child")).Value;
    }

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();
}
