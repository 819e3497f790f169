using System.Net;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Web.Tests.Identity;

/// <summary>/enterprises, /real-name, /me/data and /staff/password over HTTP: shown, accepted, refused, somebody else's.</summary>
public sealed class OwnPagesTests(DemoSite site) : IClassFixture<DemoSite>
{
    private const string Agent = "13800000003";
    private static readonly DemoCitizen Third = DemoPeople.Citizens[2];

    [Fact]
    public async Task A_leader_authorises_an_agent_for_chosen_services_who_accepts_and_is_revoked()
    {
        var (leader, agent) = (site.Browse(await site.DemoCitizen(0)), site.Browse(await site.DemoCitizen(2)));
        var page = (await leader.Get("/enterprises")).ShouldBeOk();
        page.MainText.ShouldContain(DemoPeople.EnterpriseName);
        page = await Fill(page, Third.IdNumber).Fill("Command.ValidTo", "2027-06-30").Tick("公司设立登记").Submit("授权经办人");
        page.Errors.ShouldBeEmpty();
        page.ShouldBeOk().MainText.ShouldContain("经办人 演**，可以办：");
        page.MainText.ShouldContain("等对方接受");
        page.Html.ShouldNotContain(Third.IdNumber);

        var waiting = await agent.Get("/enterprises");
        waiting.MainText.ShouldContain("想请您当经办人，范围：");
        waiting.MainText.ShouldNotContain("范围：全部事项");
        page = await waiting.Form("form[action*='handler=Accept']").Submit();
        page.ShouldBeOk().MainText.ShouldContain("您是经办人");

        page = await (await leader.Get("/enterprises")).Form("form[action*='handler=Revoke']").Submit("撤销 演**");
        page.ShouldBeOk();
        await (await leader.Get("/enterprises")).Form("form[action*='handler=Revoke']").Submit();
        (await agent.Get("/enterprises")).MainText.ShouldNotContain(DemoPeople.EnterpriseName, customMessage: "only the own shop is left");
    }

    [Fact]
    public async Task What_is_missing_for_an_agent_is_said_at_the_field_and_what_was_typed_stays()
    {
        var page = await Fill(await site.Browse(await site.DemoCitizen(0)).Get("/enterprises"), "41010219780101").Fill("Command.ValidTo", "2029-01-01").Submit("授权经办人");
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Errors.Count.ShouldBe(2);
        page.Errors.ShouldContain("授权最长 1 年，请填从今天起一年之内的日期。");
        page.Form("form[action*='handler=Authorise']").Value("Command.Name").ShouldBe("演示丙");
        page = await Fill(await site.Browse(await site.DemoCitizen(0)).Get("/enterprises"), DemoPeople.Citizens[0].IdNumber).Fill("Command.ValidTo", "2027-06-30").Submit("授权经办人");
        page.Errors.ShouldHaveSingleItem().ShouldContain("不用授权自己");
    }

    [Fact]
    public async Task Nobody_acts_for_or_revokes_somebody_elses_enterprise()
    {
        var enterprise = await site.InDatabase(db => db.Enterprises.Where(e => e.CreditCode == DemoPeople.CreditCode).Select(e => e.Id).SingleAsync());
        var authorisation = await site.InDatabase(db => db.EnterpriseAgents.Select(a => a.Id).FirstAsync());
        var stranger = site.Browse(await site.DemoCitizen(3));
        var token = (await stranger.Get("/enterprises")).Form("form[action='/sign-out']").Value("__RequestVerificationToken");
        (await Post(stranger, "Revoke", token, ("authorisationId", authorisation))).ShouldBe(HttpStatusCode.NotFound);
        (await Post(stranger, "Accept", token, ("authorisationId", authorisation))).ShouldBe(HttpStatusCode.NotFound);
        (await Post(stranger, "Act", token, ("enterpriseId", enterprise))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await stranger.Get("/enterprises")).MainText.ShouldNotContain(DemoPeople.EnterpriseName);
    }

    [Fact]
    public async Task The_real_name_is_refused_at_its_field_then_taken_and_never_asked_again()
    {
        var browser = await SignedIn("19600000001");
        var page = await (await browser.Get("/real-name")).Form().Fill("Command.Name", "演示不符").Fill("Command.IdNumber", IdNumber(701)).Submit();
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ErrorOf("Command.Name").ShouldContain("对不上");
        page.Form().Value("Command.IdNumber").ShouldBe(IdNumber(701));
        (await page.Form().Fill("Command.IdNumber", "123").Submit()).ErrorOf("Command.IdNumber").ShouldNotBeEmpty();
        page = await (await browser.Get("/real-name?returnUrl=%2Fme%2Fdata")).Form().Fill("Command.Name", "演示己").Fill("Command.IdNumber", IdNumber(701)).Submit();
        page.Path.ShouldBe("/me/data");
        (await browser.Get("/real-name")).MainText.ShouldContain("您已完成实名认证：演**");

        var other = await SignedIn("19600000002");
        page = await (await other.Get("/real-name")).Form().Fill("Command.Name", "演示己").Fill("Command.IdNumber", IdNumber(701)).Submit();
        page.ErrorOf("Command.IdNumber").ShouldContain("已经在另一个账号上实名");
    }

    [Fact]
    public async Task My_data_shows_who_read_it_masked_and_gives_it_whole_as_a_file_to_me_only()
    {
        var me = await site.DemoCitizen(4);
        await site.Send(new RecordPersonalDataRead { SubjectAccountId = me.Id, Field = "身份证号", Reason = "核对人口库里的号码" }, TestUsers.Officer());
        var browser = site.Browse(me);
        var page = (await browser.Get("/me/data")).ShouldBeOk();
        page.MainText.ShouldContain("核对人口库里的号码");
        page.Html.ShouldNotContain(DemoPeople.Citizens[4].IdNumber);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/me/data?handler=Download")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", page.Form("form[action*='handler=Download']").Value("__RequestVerificationToken"))]),
        };
        var file = await (await browser.Send(request)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        file.ShouldContain(DemoPeople.Citizens[4].IdNumber);
        var other = (await site.Browse(await site.DemoCitizen(3)).Get("/me/data")).ShouldBeOk();
        other.MainText.ShouldNotContain("核对人口库里的号码");
        (await site.Browse(TestUsers.Officer()).Get("/me/data")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Staff_change_their_own_password_and_other_devices_are_signed_out()
    {
        const string Next = "Demo-Password-9";
        var (here, there) = (await Staff("senior", DemoPeople.Password), await Staff("senior", DemoPeople.Password));
        var page = (await here.Get("/staff/password")).ShouldBeOk();
        page = await page.Form().Fill("Command.Current", "Wrong-Password-1").Fill("Command.Password", Next).Submit();
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ErrorOf("Command.Current").ShouldContain("现在的密码不对");
        page.Html.ShouldNotContain(Next);
        (await page.Form().Fill("Command.Current", DemoPeople.Password).Fill("Command.Password", "weak").Submit()).ErrorOf("Command.Password").ShouldContain("至少 10 位");
        page = await page.Form().Fill("Command.Current", DemoPeople.Password).Fill("Command.Password", Next).Submit();
        page.ShouldBeOk().MainText.ShouldContain("密码已改好");
        (await there.Get("/staff/password")).Path.ShouldBe("/staff/sign-in");
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        (await here.Get("/staff/password")).Path.ShouldBe("/staff/password");
        await Staff("senior", Next);
        (await site.Browse(await site.DemoCitizen(0)).Get("/staff/password")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Choosing_an_enterprise_leads_back_to_where_one_came_from_but_never_to_another_site()
    {
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        var browser = await SignedIn(DemoPeople.Citizens[0].Phone);
        var start = await browser.Get("/cases/start/company-change");
        var page = await (await start.Follow("先选企业")).Form("form[action*='handler=Act']").Submit();
        page.ShouldBeOk().Path.ShouldBe("/cases/start/company-change");
        page.MainText.ShouldNotContain("先选好是哪一家");

        await (await browser.Get("/enterprises")).Form("form[action*='handler=Stop']").Submit();
        foreach (var elsewhere in (string[])["https://example.org/cases", "//example.org", "/\\example.org"])
        {
            page = await (await browser.Get($"/enterprises?returnUrl={Uri.EscapeDataString(elsewhere)}")).Form("form[action*='handler=Act']").Submit();
            (page.Address.Host, page.Path).ShouldBe((start.Address.Host, "/enterprises"), elsewhere);
            await page.Form("form[action*='handler=Stop']").Submit();
        }
    }

    private static PageForm Fill(PageView page, string idNumber) => page.Form("form[action*='handler=Authorise']")
        .Fill("Command.Name", "演示丙").Fill("Command.Phone", Agent).Fill("Command.IdNumber", idNumber);

    private static async Task<HttpStatusCode> Post(PageClient browser, string handler, string token, (string Name, Guid Id) value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/enterprises?handler={handler}")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new(value.Name, $"{value.Id}")]),
        };
        return (await browser.Send(request)).StatusCode;
    }

    private static string IdNumber(int sequence)
    {
        var body = FormattableString.Invariant($"41010219880808{sequence:000}");
        return body + ResidentId.CheckCharacter(body);
    }

    private async Task<PageClient> SignedIn(string phone)
    {
        var browser = site.Browse();
        var page = await (await browser.Get("/sign-in")).Form().Fill("Command.Phone", phone).Submit();
        await site.DrainOutbox();
        var text = (await site.Browse().Get("/demo/sms")).Text(".gx-card p:last-child");
        await page.Form().Fill("Code", new string([.. text.SkipWhile(c => !char.IsAsciiDigit(c)).Take(6)])).Submit();
        browser.Cookies.Keys.ShouldContain("gx-session");
        return browser;
    }

    private async Task<PageClient> Staff(string accountName, string password)
    {
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var browser = site.Browse();
        var page = await (await browser.Get("/staff/sign-in")).Form().Fill("Command.AccountName", accountName).Fill("Command.Password", password).Submit();
        await page.Form().Fill("Code", Totp.Code(DemoPeople.TotpSecret, site.Clock.GetUtcNow())).Submit();
        browser.Cookies.Keys.ShouldContain("gx-session");
        return browser;
    }
}
