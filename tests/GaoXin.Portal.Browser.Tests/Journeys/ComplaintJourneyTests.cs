using GaoXin.Portal.Browser.Tests.Steps;
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
        await page.Enter("main a[href='/complaints/new']");
        await page.Choose("Command.Kind", "Grievance");
        await page.Pick("Command.Topic", "street-light");
        await page.Type("Command.Text", "科学大道和瑞达路口的路灯坏了三天，晚上看不见。");
        await page.Choose("Command.Identity", "Named");
        await page.Type("Command.Name", "演示壬某");
        await page.Type("Command.Phone", Phone);
        await page.Choose("Command.MayPublish", "true");
        await page.Enter("main form button[type=submit]");

        await page.Heading("核对一下，再提交");
        await page.Enter("main form button[type=submit]");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("撤回码");
        await page.ShouldFitItsWidth();
        var number = page.Url.Split('/')[^1];
        var code = await page.Locator(".gx-notice--ok p:nth-of-type(3) strong").InnerTextAsync();

        var later = await portal.OpenAsync(Width, javaScript: false);
        await later.GotoAsync($"/complaints/{number}");
        await later.Heading("用编号查诉求");
        await later.Type("Command.Number", number);
        await later.Type("Command.Proof", Phone[^4..]);
        await later.Enter("main form button[type=submit]");
        await Assertions.Expect(later.Locator("main")).ToContainTextAsync("现在轮到谁");
        await later.ShouldFitItsWidth();
        await later.Type("Text", "补充一句：在路口东侧。");
        await later.Enter("form[action*=Answer] button[type=submit]");
        await Assertions.Expect(later.Locator("main")).ToContainTextAsync("补充一句：在路口东侧。");

        await later.Enter("a[href$='/withdraw']");
        await later.Type("Command.Code", code);
        await later.Type("Command.Reason", "已经解决了");
        await later.Enter("main form button[type=submit]");
        await Assertions.Expect(later.Locator("main")).ToContainTextAsync("已撤回");
        await later.ShouldFitItsWidth();
    }
}
