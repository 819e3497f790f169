using System.Net;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Web.Tests.Identity;

public sealed class PasskeyPagesTests(DemoSite site) : IClassFixture<DemoSite>
{
    private const string Origin = "https://localhost";

    [Fact]
    public async Task A_citizen_adds_a_passkey_signs_in_with_it_renames_it_and_removes_it()
    {
        using var device = new SoftAuthenticator(Origin);
        var me = await site.DemoCitizen(0);
        (await Add(site.Browse(me), device, "我的手机")).Texts("h2").ShouldContain("我的手机");
        var browser = site.Browse();
        (await SignIn(browser, device, "/me/passkeys")).Path.ShouldBe("/me/passkeys");
        (await SignIn(browser, device, "/me/passkeys")).Path.ShouldBe("/me/passkeys");
        var page = await (await browser.Get("/me/passkeys")).Form("form[action*=Rename]").Fill("name", "旧手机").Submit();
        page.Texts("h2").ShouldContain("旧手机");
        page = await page.Form("form[action*=Remove]").Submit();
        page.ShouldBeOk().Texts("h2").ShouldNotContain("旧手机");
        (await SignIn(site.Browse(), device, "/")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Staff_sign_in_with_a_passkey_alone_because_the_device_checked_them()
    {
        using var device = new SoftAuthenticator(Origin);
        var id = await StaffId("D003");
        await Add(site.Browse(TestUsers.Staff(Roles.WindowClerk) with { Id = id }), device, "工位电脑");
        var browser = site.Browse();
        (await SignIn(browser, device, "/me/passkeys")).Heading.ShouldBe("指纹和刷脸登录");
        browser.Cookies.Keys.ShouldContain("gx-session");
    }

    [Fact]
    public async Task Staff_keep_their_last_second_factor()
    {
        using var device = new SoftAuthenticator(Origin);
        var id = await StaffId("D004");
        var browser = site.Browse(TestUsers.Staff(Roles.HallManager) with { Id = id });
        await Add(browser, device, "工位电脑");
        await site.InDatabase(db => db.StaffMembers.Where(s => s.UserId == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.TotpConfirmedAt, (DateTimeOffset?)null)));
        var page = await (await browser.Get("/me/passkeys")).Form("form[action*=Remove]").Submit();
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Errors.Single().ShouldContain("唯一的第二道验证");
        page.Texts("h2").ShouldContain("工位电脑");
    }

    [Fact]
    public async Task Inactive_staff_unverified_users_and_other_sites_are_refused()
    {
        using var device = new SoftAuthenticator(Origin);
        var id = await StaffId("D005");
        await Add(site.Browse(TestUsers.Staff(Roles.CatalogueEditor) with { Id = id }), device, "工位电脑");
        await site.InDatabase(db => db.StaffMembers.Where(s => s.UserId == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Active, false)));
        (await SignIn(site.Browse(), device, "/")).Errors.Single().ShouldContain("没有通过");
        using var careless = new SoftAuthenticator(Origin) { VerifiesUser = false };
        (await Add(site.Browse(await site.DemoCitizen(1)), careless, "我的手机")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var elsewhere = new SoftAuthenticator("https://evil.example");
        (await Add(site.Browse(await site.DemoCitizen(1)), elsewhere, "我的手机")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task An_answer_counts_for_its_own_challenge_only()
    {
        using var device = new SoftAuthenticator(Origin);
        await Add(site.Browse(await site.DemoCitizen(2)), device, "我的手机");
        var browser = site.Browse();
        var page = await browser.Get("/sign-in");
        var stale = device.Get(await Options(browser, page, "/sign-in/passkey"));
        await Options(browser, page, "/sign-in/passkey");
        (await Post(browser, page, "/sign-in/passkey", ("Credential", stale))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await Options(browser, page, "/sign-in/passkey");
        (await Post(browser, page, "/sign-in/passkey", ("Credential", "{]"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        browser.Cookies.Keys.ShouldNotContain("gx-session");
    }

    [Fact]
    public async Task The_device_learns_nothing_personal_and_nobody_touches_anothers_passkey()
    {
        using var device = new SoftAuthenticator(Origin);
        var (owner, other) = (await site.DemoCitizen(3), await site.DemoCitizen(4));
        var browser = site.Browse(owner);
        var options = await Options(browser, await browser.Get("/me/passkeys"), "/me/passkeys");
        foreach (var secret in (string[])[DemoPeople.Citizens[3].Name, DemoPeople.Citizens[3].Phone, DemoPeople.Citizens[3].IdNumber, "演*"])
            options.ShouldNotContain(secret);
        var id = (await Add(browser, device, "我的手机")).Form("form[action*=Remove]").Value("id");
        var theirs = site.Browse(other);
        (await Post(theirs, await theirs.Get("/me/passkeys"), "/me/passkeys?handler=Remove", ("id", id))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Post(theirs, await theirs.Get("/me/passkeys"), "/me/passkeys?handler=Rename", ("id", id), ("name", "别人的"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Passkeys_have_a_table_in_the_model_and_in_the_database()
    {
        (await site.InDatabase(db => Task.FromResult(db.Model.FindEntityType(typeof(Microsoft.AspNetCore.Identity.IdentityUserPasskey<Guid>))?.GetTableName())))
            .ShouldBe("user_passkeys");
        (await site.Database.ScalarAsync<string>("SELECT to_regclass('identity.user_passkeys')::text")).ShouldBe("identity.user_passkeys");
    }

    [Fact]
    public async Task The_page_is_for_the_signed_in_and_says_what_to_do_without_scripts()
    {
        (await site.Browse().Get("/me/passkeys")).Path.ShouldBe("/sign-in");
        var page = await site.Browse(await site.DemoCitizen(4)).Get("/me/passkeys");
        page.MainText.ShouldContain("用验证码登录不受影响");
        page.Document.QuerySelector("form[data-gx-passkey]")!.HasAttribute("hidden").ShouldBeTrue();
        (await site.Browse().Get("/sign-in")).Document.QuerySelector("form[data-gx-passkey]")!.HasAttribute("hidden").ShouldBeTrue();
    }

    private Task<Guid> StaffId(string number) => site.InDatabase(db => db.StaffMembers.Where(s => s.StaffNumber == number).Select(s => s.UserId).SingleAsync());

    private static async Task<PageView> Add(PageClient browser, SoftAuthenticator device, string name)
    {
        var page = await browser.Get("/me/passkeys");
        var credential = device.Create(await Options(browser, page, "/me/passkeys"));
        return await page.Form("form[data-gx-passkey]").Fill("Command.Credential", credential).Fill("Command.Name", name).Submit();
    }

    private static async Task<PageView> SignIn(PageClient browser, SoftAuthenticator device, string returnUrl)
    {
        var page = await browser.Get("/sign-in");
        var credential = device.Get(await Options(browser, page, "/sign-in/passkey"));
        return await Post(browser, page, "/sign-in/passkey", ("Credential", credential), ("ReturnUrl", returnUrl));
    }

    private static async Task<string> Options(PageClient browser, PageView page, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path + "?handler=Options");
        request.Headers.Add("X-Gx-Antiforgery", Token(page));
        using var response = await browser.Send(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<PageView> Post(PageClient browser, PageView page, string path, params (string Name, string Value)[] fields)
    {
        KeyValuePair<string, string>[] values = [.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("__RequestVerificationToken", Token(page))];
        return await browser.Follow(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(values) });
    }

    private static string Token(PageView page) => page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
}
