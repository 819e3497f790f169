using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Journeys;

/// <summary>A complaint is filed and followed on the smallest telephone, with the keyboard alone and without JavaScript.</summary>
[Trait("Category", "Browser")]
public sealed class ComplaintJourneyTests(BrowserPortal portal) : IClassFixture<BrowserPortal>
{
    private const int Width = 375;
    private const string Phone = "13766669321";

    [Fact]
    public async Task A_complaint_is_filed_and_followed_by_keyboard_without_scripts()
    {
        var page = await portal.OpenAsync(Width, javaScript: false);
        await page.GotoAsync("/complaints");
        await page.ShouldFitItsWidth();
        await Enter(page, "main a[href='/complaints/new']");
        await Choose(page, "Command.Kind", "Grievance");
        await Pick(page, "Command.Topic", "street-light");
        await Type(page, "Command.Text", "科学大道和瑞达路口的路灯坏了三天，晚上看不见。");
        await Choose(page, "Command.Identity", "Named");
        await Type(page, "Command.Name", "演示壬某");
        await Type(page, "Command.Phone", Phone);
        await Choose(page, "Command.MayPublish", "true");
        await Enter(page, "main form button[type=submit]");

        await Heading(page, "核对一下，再提交");
        await Enter(page, "main form button[type=submit]");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("撤回码");
        await page.ShouldFitItsWidth();
        var number = page.Url.Split('/')[^1];
        var code = await page.Locator(".gx-notice--ok p:nth-of-type(3) strong").InnerTextAsync();

        var later = await portal.OpenAsync(Width, javaScript: false);
        await later.GotoAsync($"/complaints/{number}");
        await Heading(later, "用编号查诉求");
        await Type(later, "Command.Number", number);
        await Type(later, "Command.Proof", Phone[^4..]);
        await Enter(later, "main form button[type=submit]");
        await Assertions.Expect(later.Locator("main")).ToContainTextAsync("现在轮到谁");
        await later.ShouldFitItsWidth();
        await Type(later, "Text", "补充一句：在路口东侧。");
        await Enter(later, "form[action*=Answer] button[type=submit]");
        await Assertions.Expect(later.Locator("main")).ToContainTextAsync("补充一句：在路口东侧。");

        await Enter(later, "a[href$='/withdraw']");
        await Type(later, "Command.Code", code);
        await Type(later, "Command.Reason", "已经解决了");
        await Enter(later, "main form button[type=submit]");
        await Assertions.Expect(later.Locator("main")).ToContainTextAsync("已撤回");
        await later.ShouldFitItsWidth();
    }

    private static async Task Heading(IPage page, string words)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(words);
        await page.ShouldFitItsWidth();
    }

    private static async Task Enter(IPage page, string control)
    {
        await Reach(page, control);
        await page.EvaluateAsync("() => { window.isOldPage = true; }");
        await page.Keyboard.PressAsync("Enter");
        await NextPage(page);
    }

    /// <summary>A key only begins to leave a page: waits for the next one. Asked from here, because the page runs no script.</summary>
    private static async Task NextPage(IPage page)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await IsNew(page))
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
    }

    private static async Task<bool> IsNew(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<bool>("() => window.isOldPage !== true && document.readyState === 'complete'");
        }
        catch (PlaywrightException)
        {
            // On the way between two pages.
            return false;
        }
    }

    private static async Task Type(IPage page, string name, string text)
    {
        await Reach(page, $"[name='{name}']");
        await page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Tab stops once at a group of radio buttons; the arrows go through it.</summary>
    private static async Task Choose(IPage page, string name, string value)
    {
        await Reach(page, $"input[type=radio][name='{name}']");
        await page.Keyboard.PressAsync("Space");
        for (var i = 0; i < 10 && !await Holds(page, $"input[name='{name}'][value='{value}']"); i++)
            await page.Keyboard.PressAsync("ArrowDown");
        (await page.Locator($"input[name='{name}'][value='{value}']").IsCheckedAsync()).ShouldBeTrue($"{name} {value}");
    }

    private static async Task Pick(IPage page, string name, string value)
    {
        await Reach(page, $"select[name='{name}']");
        for (var i = 0; i < 60 && await page.Locator($"select[name='{name}']").InputValueAsync() != value; i++)
            await page.Keyboard.PressAsync("ArrowDown");
        (await page.Locator($"select[name='{name}']").InputValueAsync()).ShouldBe(value);
    }

    /// <summary>Presses Tab until the control has the focus: a control that the keyboard does not reach is a fault.</summary>
    private static async Task Reach(IPage page, string control)
    {
        for (var i = 0; i < 80; i++)
        {
            if (await Holds(page, control))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        throw new ShouldAssertException($"{control} on {page.Url} is not reached by Tab.");
    }

    private static Task<bool> Holds(IPage page, string control) => page.EvaluateAsync<bool>("c => document.activeElement !== null && document.activeElement.matches(c)", control);
}
