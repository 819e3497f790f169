using System.Net;
using System.Security.Claims;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.Web.Tests.Hosting;

/// <summary>The edge of the portal over HTTP, without its pages.</summary>
public sealed class EdgeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_has_a_strict_content_policy_and_the_usual_headers()
    {
        await using var app = await StartAsync("Production");
        var client = app.GetTestClient();
        client.BaseAddress = new Uri("https://portal.example");

        var response = await client.GetAsync("/page", Ct);

        var policy = Header(response, "Content-Security-Policy");
        foreach (var part in (string[])["default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'", "form-action 'self'"])
            policy.ShouldContain(part);
        policy.ShouldNotContain("unsafe");
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "Referrer-Policy").ShouldBe("strict-origin-when-cross-origin");
        Header(response, "Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header(response, "Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        Header(response, "Permissions-Policy").ShouldContain("publickey-credentials-get=(self)");
        Header(response, "Permissions-Policy").ShouldContain("geolocation=()");
        Header(response, "Strict-Transport-Security").ShouldContain("max-age=31536000");
    }

    [Fact]
    public async Task Development_does_not_pin_the_browser_to_https()
    {
        await using var app = await StartAsync("Development");
        var client = app.GetTestClient();
        client.BaseAddress = new Uri("https://localhost");

        (await client.GetAsync("/page", Ct)).Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Fact]
    public async Task An_error_answer_has_the_headers_too()
    {
        await using var app = await StartAsync("Production");

        var response = await app.GetTestClient().GetAsync("/nowhere", Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
    }

    [Fact]
    public async Task What_a_signed_in_person_sees_is_stored_nowhere()
    {
        await using var app = await StartAsync("Production");
        var client = app.GetTestClient();

        (await client.GetAsync("/page", Ct)).Headers.CacheControl?.NoStore.ShouldNotBe(true);
        client.DefaultRequestHeaders.Add("X-Test-User", "someone");
        (await client.GetAsync("/page", Ct)).Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_public_page_is_answered_from_the_cache_until_it_is_evicted_or_somebody_signs_in()
    {
        await using var app = await StartAsync("Production");
        var client = app.GetTestClient();
        var first = await client.GetStringAsync("/public", Ct);

        (await client.GetStringAsync("/public", Ct)).ShouldBe(first);
        using var signedIn = new HttpRequestMessage(HttpMethod.Get, "/public") { Headers = { { "X-Test-User", "someone" } } };
        (await (await client.SendAsync(signedIn, Ct)).Content.ReadAsStringAsync(Ct)).ShouldNotBe(first);
        await app.Services.GetRequiredService<Microsoft.AspNetCore.OutputCaching.IOutputCacheStore>().EvictPublicPages(Ct);
        (await client.GetStringAsync("/public", Ct)).ShouldNotBe(first);
    }

    [Theory]
    [InlineData(true, 60, HttpStatusCode.OK)]
    [InlineData(true, 80, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(false, 60, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_large_upload_reaches_the_page_of_a_signed_in_person_and_is_otherwise_told_what_to_do(
        bool signedIn, int megabytes, HttpStatusCode expected)
    {
        await using var app = await StartAsync("Production");
        var client = app.GetTestClient();
        if (signedIn)
            client.DefaultRequestHeaders.Add("X-Test-User", "someone");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[megabytes * 1024 * 1024]), "file", "a.pdf" } };

        var response = await client.PostAsync("/upload", form, Ct);

        response.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.RequestEntityTooLarge)
            (await response.Content.ReadAsStringAsync(Ct)).ShouldContain("一个文件最多 10 MB");
    }

    [Fact]
    public async Task Only_a_trusted_proxy_may_say_that_the_visitor_came_by_https()
    {
        await using var app = await StartAsync("Production", ("Portal:Hosting:TrustedProxies:0", "10.1.0.0/16"));

        (await SchemeFrom(app, "10.1.2.3")).ShouldBe("https");
        (await SchemeFrom(app, "10.2.2.3")).ShouldBe("http");
    }

    [Fact]
    public async Task Readiness_is_red_before_the_start_and_while_stopping()
    {
        await using var app = await StartAsync("Production", ("Portal:Hosting:DrainSeconds", "0"));
        var check = new LifetimeHealthCheck(app.Lifetime);

        (await check.CheckHealthAsync(new(), Ct)).Status.ToString().ShouldBe("Healthy");
        app.Lifetime.StopApplication();
        (await check.CheckHealthAsync(new(), Ct)).Status.ToString().ShouldBe("Unhealthy");
    }

    private static async Task<string> SchemeFrom(WebApplication app, string address)
    {
        var context = await app.GetTestServer().SendAsync(request =>
        {
            request.Connection.RemoteIpAddress = IPAddress.Parse(address);
            request.Request.Method = "GET";
            request.Request.Path = "/page";
            request.Request.Headers["X-Forwarded-For"] = "203.0.113.9";
            request.Request.Headers["X-Forwarded-Proto"] = "https";
        }, Ct);
        return context.Request.Scheme;
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join("; ", response.Headers.GetValues(name));

    private static async Task<WebApplication> StartAsync(string environment, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)));
        builder.Configuration["Portal:Hosting:DrainSeconds"] = "0";
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Logging.ClearProviders();
        builder.AddPortalEdge();
        builder.WebHost.UseTestServer();
        var app = builder.Build();
        app.UsePortalSecurityHeaders();
        app.UsePortalEdge();
        app.Use((context, next) =>
        {
            if (context.Request.Headers.TryGetValue("X-Test-User", out var name))
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, name!)], "test"));
            return next(context);
        });
        app.UseRouting();
        app.UsePortalAfterSignIn();
        app.MapGet("/page", () => Results.Content("<p>页面</p>", "text/html"));
        app.MapGet("/public", () => Results.Content(Guid.NewGuid().ToString(), "text/html")).CacheOutput(PublicPageCache.Policy);
        app.MapPost("/upload", (IFormFile file) => file.Length).DisableAntiforgery();
        await app.StartAsync(Ct);
        return app;
    }
}
