using System.Net;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Hosting;

/// <summary>The program as it runs on a server, with demo data.</summary>
public sealed class StagingSite : PortalWebFactory
{
    protected override bool DemoMode => true;

    protected override string EnvironmentName => "Staging";
}

public sealed class CookieTests(StagingSite site) : IClassFixture<StagingSite>
{
    [Fact]
    public async Task Every_cookie_is_secure_and_bound_to_this_host_even_when_the_request_came_without_tls()
    {
        foreach (var scheme in (string[])["https", "http"])
        {
            var browser = new PageClient(site.Server.CreateHandler(), new Uri($"{scheme}://portal.example"), site.Clock);
            var seen = new List<string>();
            await Keep(browser, seen, HttpMethod.Get, "/preferences/elder?on=1");
            var page = await browser.Get("/staff/sign-in");
            seen.AddRange(browser.Cookies.Keys);
            await Keep(browser, seen, HttpMethod.Post, "/staff/sign-in", page, ("Command.AccountName", "officer"), ("Command.Password", DemoPeople.Password));
            site.Clock.Advance(TimeSpan.FromMinutes(1));
            await Keep(browser, seen, HttpMethod.Post, "/staff/sign-in/code", page, ("Code", Totp.Code(DemoPeople.TotpSecret, site.Clock.GetUtcNow())));
            page = await browser.Get("/sign-out");
            await Keep(browser, seen, HttpMethod.Post, "/sign-in", page, ("Command.Phone", scheme == "https" ? "13900000001" : "13900000002"));
            browser.Cookies.Keys.ShouldAllBe(name => name.StartsWith("__Host-gx-", StringComparison.Ordinal));
            seen.ShouldContain("__Host-gx-session");
            seen.ShouldContain("__Host-gx-device");
            seen.ShouldContain("__Host-gx-temp");
            seen.ShouldContain("__Host-gx-elder");
        }
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    public void An_ipv6_client_counts_by_its_64_bits_of_network(string one, string other, bool same) =>
        (NetworkAddress.KeyOf(IPAddress.Parse(one)) == NetworkAddress.KeyOf(IPAddress.Parse(other))).ShouldBe(same);

    private static async Task Keep(PageClient browser, List<string> seen, HttpMethod method, string path, PageView? page = null, params (string Name, string Value)[] values)
    {
        using var request = new HttpRequestMessage(method, path);
        if (page is not null)
            request.Content = new FormUrlEncodedContent([.. values.Select(v => KeyValuePair.Create(v.Name, v.Value)), new("__RequestVerificationToken", page.Form("form").Value("__RequestVerificationToken"))]);
        var answer = await browser.Send(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, path);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            seen.Add(cookie.Split('=')[0]);
            cookie.ShouldStartWith("__Host-gx-");
            cookie.ShouldContain("secure", Case.Insensitive);
            cookie.ShouldContain("path=/;", Case.Insensitive);
            cookie.ShouldContain("httponly", Case.Insensitive);
        }
    }
}
