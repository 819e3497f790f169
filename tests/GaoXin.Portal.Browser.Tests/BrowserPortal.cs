using Deque.AxeCore.Commons;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests;

/// <summary>
/// The program on a real port in demo mode, with Chromium in front of it. Without Chromium every test is skipped and says so:
/// install it, or name it in <c>PORTAL_CHROMIUM</c>.
/// </summary>
public class BrowserPortal : PortalWebFactory
{
    private const string Variable = "PORTAL_CHROMIUM";
    private static readonly string[] Usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    protected override bool DemoMode => true;

    protected override bool BackgroundWorkers => true;

    protected override bool RealClock => true;

    /// <summary>The address; <c>localhost</c>, because passkeys do not work on a bare IP address.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>A page in a context of its own: other cookies than every other page. Width 390 is a phone, 1280 a desk.</summary>
    public Task<IPage> OpenAsync(int width = 1280, bool javaScript = true) => OpenAsync(width, javaScript, null);

    /// <summary>The same, signed in past the sign-in pages.</summary>
    public async Task<IPage> OpenAsync(int width, bool javaScript, ICurrentUser? user)
    {
        var browser = await BrowserAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            JavaScriptEnabled = javaScript,
            ViewportSize = new() { Width = width, Height = 900 },
            ExtraHTTPHeaders = user is null ? null : new Dictionary<string, string> { [TestSignIn.Header] = TestSignIn.Value(user) },
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        // Passkeys are bound to the public address, and a browser takes only its own.
        settings["Portal:PublicAddress"] = "http://localhost";
        // Portals of several classes run at the same time, each with outside parties of its own.
        settings["OneThing:Simulator:Address"] = TestSettings.FreeAddress();
    }

    /// <summary>The account of a demo citizen.</summary>
    internal async Task<ICurrentUser> UserOf(DemoCitizen person)
    {
        // The server takes its port before anything asks it for a service.
        await BrowserAsync();
        return TestUsers.Citizen(await InScope(async services =>
        {
            var hash = services.GetRequiredService<PersonalDataCipher>().Hash(person.Phone, PortalUser.PhoneKind);
            return await InDatabase(db => db.Set<PortalUser>().Where(u => u.PhoneHash == hash).Select(u => u.Id).SingleAsync());
        }));
    }

    public override async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _gate.Dispose();
        await base.DisposeAsync();
    }

    private async Task<IBrowser> BrowserAsync()
    {
        var chromium = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Usual.FirstOrDefault(File.Exists);
        if (chromium is null || !File.Exists(chromium))
            Assert.Skip($"NO BROWSER TEST WAS RUN: Chromium was not found ({string.Join(", ", Usual)}). Install it or set {Variable}.");
        await _gate.WaitAsync();
        try
        {
            return _browser ??= await StartAsync(chromium);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IBrowser> StartAsync(string chromium)
    {
        UseKestrel(0);
        StartServer();
        Address = new UriBuilder(ClientOptions.BaseAddress) { Host = "localhost" }.Uri;
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Flags });
    }
}

/// <summary>What every page is checked for.</summary>
public static class PageChecks
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// Fails with rule, element and help for each fault axe finds against WCAG 2.1 A and AA. axe runs in the page and only its
    /// findings leave it: the pages have no foreign frames, for which the package's own runner collects every element it looked
    /// at, in five times the time.
    /// </summary>
    public static async Task ShouldBeAccessible(this IPage page)
    {
        await page.EvaluateAsync(Axe);
        var faults = await page.EvaluateAsync<string[]>("""
            async () => {
                const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] });
                if (found.passes.length === 0) throw new Error('axe looked at nothing');
                return found.violations.map(v => `${v.id} (${v.impact}) ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join(' | ')}`);
            }
            """);
        faults.ShouldBeEmpty(page.Url);
    }

    /// <summary>Fails when the page scrolls sideways.</summary>
    public static async Task ShouldFitItsWidth(this IPage page)
    {
        var surplus = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        surplus.ShouldBeLessThanOrEqualTo(0, $"{page.Url} is {surplus} pixels too wide");
    }
}
