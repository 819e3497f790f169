using System.Text.RegularExpressions;
using GaoXin.Portal.Identity;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Journeys;

[Trait("Category", "Browser")]
public sealed partial class PasskeyJourney(BrowserPortal portal) : IClassFixture<BrowserPortal>
{
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task A_citizen_adds_the_own_phone_signs_out_and_comes_back_with_a_fingerprint(int width)
    {
        var page = await portal.OpenAsync(width);
        await PlugInAuthenticator(page);
        await SignInWithCode(page, DemoPeople.Citizens[width == 390 ? 0 : 1].Phone);
        await page.GotoAsync("/me/passkeys");
        await page.ShouldBeAccessible();
        await page.ShouldFitItsWidth();
        await page.GetByLabel("给它起个名字").FillAsync("我的手机");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "我的手机" })).ToBeVisibleAsync();
        await page.ShouldBeAccessible();
        await page.ShouldFitItsWidth();
        await page.Locator(".gx-out").First.ClickAsync();
        await page.GotoAsync("/sign-in?returnUrl=/me/passkeys");
        await page.ShouldBeAccessible();
        await page.GetByRole(AriaRole.Button, new() { Name = "用指纹或刷脸登录" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "我的手机" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_scripts_the_button_is_not_there_and_the_code_still_works()
    {
        var page = await portal.OpenAsync(390, javaScript: false);
        await SignInWithCode(page, DemoPeople.Citizens[2].Phone);
        await page.GotoAsync("/me/passkeys");
        await Assertions.Expect(page.GetByText("用验证码登录不受影响")).ToBeVisibleAsync();
        (await page.Locator("form[data-gx-passkey]").IsVisibleAsync()).ShouldBeFalse();
    }

    /// <summary>Chromium's own simulated device, with a fingerprint that is always right.</summary>
    private static async Task PlugInAuthenticator(IPage page)
    {
        var chromium = await page.Context.NewCDPSessionAsync(page);
        await chromium.SendAsync("WebAuthn.enable");
        await chromium.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private static async Task SignInWithCode(IPage page, string phone)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("手机号").FillAsync(phone);
        await page.GetByRole(AriaRole.Button, new() { Name = "获取验证码" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in/code**");
        await page.GetByLabel("验证码").FillAsync(await CodeSentTo(page, phone));
        await page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".gx-out").First).ToBeAttachedAsync();
    }

    /// <summary>The message goes out in the background: look until it is there.</summary>
    private static async Task<string> CodeSentTo(IPage page, string phone)
    {
        var inbox = await page.Context.NewPageAsync();
        var card = inbox.Locator(".gx-card", new() { HasText = $"{phone[..3]}****{phone[^4..]}" }).First;
        for (var look = 0; look < 50; look++)
        {
            await inbox.GotoAsync("/demo/sms");
            if (await card.CountAsync() > 0)
                break;
            await inbox.WaitForTimeoutAsync(200);
        }

        var text = await card.InnerTextAsync();
        await inbox.CloseAsync();
        return SixDigits().Match(text).Value;
    }

    [GeneratedRegex("(?<=验证码 )[0-9]{6}")]
    private static partial Regex SixDigits();
}
