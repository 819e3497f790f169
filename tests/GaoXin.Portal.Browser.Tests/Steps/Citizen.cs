using System.Text.RegularExpressions;
using GaoXin.Portal.Identity;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Steps;

/// <summary>A citizen of the demo at his own browser.</summary>
public sealed partial class Citizen : Visitor
{
    private readonly DemoCitizen _person;

    private Citizen(BrowserPortal portal, IPage page, DemoCitizen person, bool javaScript)
        : base(portal, page, javaScript) => _person = person;

    /// <summary>演示甲: owns premises.</summary>
    internal static DemoCitizen Jia => DemoPeople.Citizens[0];

    /// <summary>演示乙.</summary>
    internal static DemoCitizen Yi => DemoPeople.Citizens[1];

    /// <summary>演示丙.</summary>
    internal static DemoCitizen Bing => DemoPeople.Citizens[2];

    /// <summary>演示丁.</summary>
    internal static DemoCitizen Ding => DemoPeople.Citizens[3];

    /// <summary>演示戊.</summary>
    internal static DemoCitizen Wu => DemoPeople.Citizens[4];

    /// <summary>What he had to fill in.</summary>
    public FilingEffort Effort { get; } = new();

    /// <summary>Who he is.</summary>
    internal DemoCitizen Person => _person;

    /// <inheritdoc />
    protected override string Who => _person.Name;

    /// <summary>Opens a browser; nobody is signed in.</summary>
    internal static async Task<Citizen> Arrives(BrowserPortal portal, DemoCitizen person, int width, bool javaScript = true) =>
        new(portal, await portal.OpenAsync(width, javaScript), person, javaScript);

    /// <summary>Opens a browser in which he is signed in already, past the sign-in pages.</summary>
    internal static async Task<Citizen> SignedIn(BrowserPortal portal, DemoCitizen person, int width, bool javaScript = true) =>
        new(portal, await portal.OpenAsync(width, javaScript, await portal.UserOf(person)), person, javaScript);

    /// <summary>Searches on the home page and opens the guide that is found.</summary>
    public async Task FindsTheGuide(string words, string title)
    {
        await Opens("/");
        await Sees("今天要办什么事？");
        // With scripts it is a combobox, without them a search box.
        var box = Page.GetByLabel("搜索办事事项");
        await box.FillAsync(words);
        await box.PressAsync("Enter");
        await Sees("办事指南");
        await Follows(title);
        await Sees(title);
    }

    /// <summary>Signs in with his phone and the code from the demo's outbox.</summary>
    public async Task SignsIn()
    {
        await Sees("登录");
        await Page.GetByLabel("手机号").FillAsync(_person.Phone);
        await Presses("获取验证码");
        await Sees("填验证码");
        await Page.GetByLabel("验证码").FillAsync(await CodeFromTheOutbox());
        await Presses("登录");
    }

    /// <summary>Signs for a case on his own account.</summary>
    public async Task SignsFor(string company)
    {
        await Opens("/cases");
        await Sees("我的办件");
        await Follows(company);
        await Sees("请您核对并签名");
        await Presses("我核对过了，签名");
        await Sees("您已签名");
    }

    /// <summary>In a correction: finds one field open and no other, and mends it.</summary>
    public async Task MendsOnly(string label, string value)
    {
        await Reads("只要改带提醒的地方");
        await Looks();
        var open = Page.Locator("main form input:not([type=hidden]):not([readonly]):not([disabled]):visible");
        await Assertions.Expect(open).ToHaveCountAsync(1);
        await Page.GetByLabel(label).FillAsync(value);
        await Presses("保存，填下一项");
        await Sees("核对无误后提交");
    }

    /// <summary>From the progress page, which refreshes itself, to the licence; the answer is its verification code.</summary>
    public async Task<string> GetsTheLicence()
    {
        await Assertions.Expect(Page.GetByRole(AriaRole.Link, new() { Name = "看电子证照" })).ToBeVisibleAsync();
        await Looks();
        await Follows("看电子证照");
        await Sees("营业执照");
        return await Page.Locator("div:has(> dt:text-is('核验码')) dd").InnerTextAsync();
    }

    /// <summary>Types a verification code, as anybody may, and reads that it is valid.</summary>
    public async Task Verifies(string code, string holder)
    {
        await Opens("/verify");
        await Sees("核验电子证照");
        await Page.GetByLabel("核验码").FillAsync(code);
        await Presses("核验");
        await Reads("有效");
        await Reads(holder);
        await Looks();
    }

    private async Task<string> CodeFromTheOutbox()
    {
        var outbox = await Page.Context.NewPageAsync();
        await outbox.GotoAsync("/demo/sms");
        var message = outbox.Locator(".gx-card", new() { HasTextRegex = SixDigits() }).First;
        await Assertions.Expect(message).ToContainTextAsync(_person.Phone[^4..]);
        var code = SixDigits().Match(await message.Locator("p").Last.InnerTextAsync()).Value;
        await outbox.CloseAsync();
        return code;
    }

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)")]
    private static partial Regex SixDigits();
}
