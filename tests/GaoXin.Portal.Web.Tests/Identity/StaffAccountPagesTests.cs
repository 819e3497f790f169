using System.Net;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Identity;

public sealed class StaffAccountPagesTests(DemoSite site) : IClassFixture<DemoSite>
{
    private const string Password = "Demo-Password-2";
    private readonly PageClient _administrator = site.Browse(TestUsers.Staff(Roles.SystemAdministrator));

    [Fact]
    public async Task From_the_one_time_password_to_the_authenticator_to_deactivation()
    {
        var (account, password) = await Open("lifecycle-1");
        (await _administrator.Get(account.Path)).Html.ShouldNotContain(password);
        var browser = site.Browse();
        var page = await SignIn(browser, "lifecycle-1", password);
        page.Path.ShouldBe("/staff/sign-in/password");
        page = await page.Form().Fill("Password", Password).Submit();
        page.Path.ShouldBe("/staff/sign-in/authenticator");
        var secret = page.Text("code");
        (await page.Form().Fill("Code", "000000").Submit()).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await page.Form().Fill("Code", Totp.Code(secret, site.Clock.GetUtcNow())).Submit();
        browser.Cookies.Keys.ShouldContain("gx-session");
        (await browser.Get("/me/passkeys")).ShouldBeOk();
        (await (await _administrator.Get(account.Path)).Form("form[action*=Deactivate]").Submit()).MainText.ShouldContain("已停用");
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        (await browser.Get("/me/passkeys")).Path.ShouldBe("/sign-in");
        (await SignIn(site.Browse(), "lifecycle-1", Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task New_duties_end_the_session_too()
    {
        var (account, password) = await Open("duties-1");
        var browser = site.Browse();
        var page = await (await SignIn(browser, "duties-1", password)).Form().Fill("Password", Password).Submit();
        await page.Form().Fill("Code", Totp.Code(page.Text("code"), site.Clock.GetUtcNow())).Submit();
        (await browser.Get("/me/passkeys")).ShouldBeOk();
        page = await _administrator.Get(account.Path);
        page = await page.Form("form:not([action*=handler]):not([action='/sign-out'])").Tick("Command.Roles", on: true).Submit("保存");
        page.ShouldBeOk().MainText.ShouldContain("改角色或部门");
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        (await browser.Get("/me/passkeys")).Path.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task The_auditor_reads_without_buttons_and_others_do_not_read()
    {
        var (account, _) = await Open("audited-1");
        var auditor = site.Browse(TestUsers.Staff(Roles.Auditor));
        (await auditor.Get("/staff/accounts")).ShouldBeOk().Document.QuerySelectorAll("main form").Length.ShouldBe(0);
        var page = (await auditor.Get(account.Path)).ShouldBeOk();
        page.Document.QuerySelectorAll("main form").Length.ShouldBe(0);
        page.MainText.ShouldContain("开户");
        (await site.Browse(TestUsers.Officer()).Get("/staff/accounts")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await site.Browse(TestUsers.Citizen()).Get("/staff/accounts")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await site.Browse().Get("/staff/accounts")).Path.ShouldBe("/staff/sign-in");
    }

    [Fact]
    public async Task What_is_missing_is_said_at_the_field_and_a_taken_name_is_refused()
    {
        var page = await (await _administrator.Get("/staff/accounts")).Form().Fill("Command.AccountName", "a b").Submit();
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ErrorOf("Command.AccountName").ShouldContain("3 到 40");
        page.Errors.ShouldContain("请至少选一个角色。");
        page = await Fill(await _administrator.Get("/staff/accounts"), "admin").Submit();
        page.ErrorOf("Command.AccountName").ShouldContain("已经有人用了");
    }

    private async Task<(PageView Page, string Password)> Open(string name)
    {
        var page = (await Fill(await _administrator.Get("/staff/accounts"), name).Submit()).ShouldBeOk();
        return (page, page.Text("main code"));
    }

    private static PageForm Fill(PageView page, string name)
    {
        var form = page.Form().Fill("Command.AccountName", name).Fill("Command.StaffNumber", name).Fill("Command.Name", "演示员工")
            .Fill("Command.DepartmentCode", "market-regulation");
        return form.Tick("Command.Roles");
    }

    private static async Task<PageView> SignIn(PageClient browser, string name, string password) =>
        await (await browser.Get("/staff/sign-in")).Form().Fill("Command.AccountName", name).Fill("Command.Password", password).Submit();
}
