using System.Net;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Web.Tests.Identity;

/// <summary>The program with a provider configured.</summary>
public sealed class ProviderSite : PortalWebFactory
{
    public FakeProvider Provider { get; } = new();

    protected override bool DemoMode => true;

    protected override void Configure(IDictionary<string, string?> settings)
    {
        settings["Identity:OpenIdConnect:Authority"] = Provider.Address;
        settings["Identity:OpenIdConnect:ClientId"] = "portal";
        settings["Identity:OpenIdConnect:ClientSecret"] = "secret";
        settings["Identity:OpenIdConnect:Title"] = "演示统一认证";
        settings["Identity:OpenIdConnect:NameClaim"] = "real_name";
        settings["Identity:OpenIdConnect:IdNumberClaim"] = "id_number";
    }

    public override async ValueTask DisposeAsync()
    {
        Provider.Dispose();
        await base.DisposeAsync();
    }
}

public sealed class ProviderSignInTests(ProviderSite site) : IClassFixture<ProviderSite>
{
    [Fact]
    public async Task A_person_the_provider_vouches_for_is_signed_in_with_the_real_name_and_lands_where_he_wanted()
    {
        Says("19500000001", true, "演示庚", IdNumber(801));
        var browser = site.Browse();
        (await browser.Get("/sign-in?returnUrl=%2Fme%2Fdata")).MainText.ShouldContain("用“演示统一认证”登录");
        var page = await Walk(browser, "/me/data");
        (page.Path, page.Status).ShouldBe(("/me/data", HttpStatusCode.OK));
        page.MainText.ShouldContain("演**");
        (await Walk(site.Browse(), "/me/data")).Path.ShouldBe("/me/data");
        (await site.InDatabase(db => db.Users.CountAsync(u => u.RealNameMethod == "openid-connect"))).ShouldBe(1);
    }

    [Fact]
    public async Task The_account_that_has_the_verified_phone_already_is_the_one()
    {
        Says(DemoPeople.Citizens[1].Phone, true, DemoPeople.Citizens[1].Name, DemoPeople.Citizens[1].IdNumber);
        var before = await site.InDatabase(db => db.Users.CountAsync());
        (await Walk(site.Browse(), "/enterprises")).MainText.ShouldContain(DemoPeople.EnterpriseName);
        (await site.InDatabase(db => db.Users.CountAsync())).ShouldBe(before);
    }

    [Fact]
    public async Task Without_a_verified_phone_or_with_somebody_elses_nobody_is_signed_in()
    {
        Says("19500000002", false, null, null);
        (await Refused()).ShouldContain("没有核实过的手机号");
        Says(DemoPeople.Citizens[2].Phone, true, "演示辛", IdNumber(802));
        (await Refused()).ShouldContain("另一个人实名");
    }

    [Fact]
    public async Task A_token_with_a_strange_signature_signs_nobody_in()
    {
        Says(DemoPeople.Citizens[0].Phone, true, null, null);
        site.Provider.Forges = true;
        (await Refused()).ShouldContain("登录没有成功");
        site.Provider.Forges = false;
    }

    [Fact]
    public async Task An_answer_that_this_browser_did_not_ask_for_signs_nobody_in()
    {
        Says(DemoPeople.Citizens[0].Phone, true, null, null);
        var callback = await Callback(site.Browse(), "/");
        var other = site.Browse();
        (await other.Get(callback)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        other.Cookies.Keys.ShouldNotContain("gx-session");
    }

    private async Task<string> Refused()
    {
        var browser = site.Browse();
        var page = await Walk(browser, "/");
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        browser.Cookies.Keys.ShouldNotContain("gx-session");
        return page.MainText;
    }

    private async Task<PageView> Walk(PageClient browser, string returnUrl) => await browser.Get(await Callback(browser, returnUrl));

    /// <summary>To the provider and back: the address with code and state.</summary>
    private static async Task<string> Callback(PageClient browser, string returnUrl)
    {
        var challenge = await browser.Send(new HttpRequestMessage(HttpMethod.Get, $"/sign-in/provider?returnUrl={Uri.EscapeDataString(returnUrl)}"));
        challenge.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler);
        var answer = await client.GetAsync(challenge.Headers.Location, TestContext.Current.CancellationToken);
        return answer.Headers.Location!.PathAndQuery;
    }

    private static string IdNumber(int sequence)
    {
        var body = FormattableString.Invariant($"41010219860606{sequence:000}");
        return body + ResidentId.CheckCharacter(body);
    }

    private void Says(string phone, bool verified, string? name, string? idNumber)
    {
        site.Provider.Claims.Clear();
        site.Provider.Claims["phone_number"] = phone;
        site.Provider.Claims["phone_number_verified"] = verified;
        if (name is not null)
            (site.Provider.Claims["real_name"], site.Provider.Claims["id_number"]) = (name, idNumber!);
    }
}

public sealed class NoProviderTests(DemoSite site) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task Without_a_provider_there_is_no_button_and_no_way()
    {
        (await site.Browse().Get("/sign-in")).Html.ShouldNotContain("/sign-in/provider");
        (await site.Browse().Get("/sign-in/provider")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
