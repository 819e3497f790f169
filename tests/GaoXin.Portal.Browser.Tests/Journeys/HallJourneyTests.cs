using GaoXin.Portal.Browser.Tests.Steps;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Journeys;

/// <summary>
/// From the choice of a service to “served” on a telephone, with the keyboard alone: without scripts by reloading, with scripts by the clerk's
/// single keys and a ticket that keeps itself up to date.
/// </summary>
[Trait("Category", "Browser")]
public sealed class HallJourneyTests(HallMorning portal) : IClassFixture<HallMorning>
{
    private const int Width = 390;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_citizen_books_checks_in_is_called_and_served_by_keyboard_alone_with_and_without_scripts(bool javaScript)
    {
        await portal.Begins();
        var page = await portal.OpenAsync(Width, javaScript, await portal.UserOf(javaScript ? Citizen.Jia : Citizen.Yi));
        await page.GotoAsync("/appointments");
        await page.Choose("service", "social-card-application");
        await page.Enter("main form button[type=submit]");
        await page.Heading("哪天来？");
        await page.Enter(".gx-day a");
        await page.Reach("input[name=slot]");
        await page.Keyboard.PressAsync("Space");
        await page.Enter("#times button[type=submit]");
        await page.Heading("谁来大厅办？");
        await page.Enter("main form button[type=submit]");
        await page.Heading("确认预约");
        await page.Enter("main form button[type=submit]:not([formaction])");
        await page.Heading("约好了");
        await page.GotoAsync("/hall/arrive");
        await page.Enter("main form button[type=submit]");
        await page.Heading("排队号");
        var number = await NumberOf(page);

        var window = await portal.OpenAsync(1280, javaScript, TestUsers.Staff(Roles.WindowClerk));
        Task Act(string action, string key) => javaScript ? window.Press(key) : window.Enter($"form[action*={action}] button");
        Task Look() => javaScript ? Task.CompletedTask : page.ReloadAsync();
        await Open(window, "social-insurance", () => window.Enter("details[open] form.sw-open button"));
        await Act("Next", "n");
        await Assertions.Expect(window.Locator(".sw-no")).ToHaveTextAsync(number);
        await Look();
        await Assertions.Expect(page.Locator(".hk-go")).ToContainTextAsync("号窗口");
        await Act("Start", "s");
        await Act("Finish", "f");
        await Look();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("办完了，慢走。");
        await page.ShouldFitItsWidth();
    }

    /// <summary>Opens the first free window of a zone.</summary>
    private static async Task Open(IPage window, string zone, Func<Task> press)
    {
        await window.GotoAsync("/staff/hall/window");
        var place = window.Locator($"details:has(input[name=zone][value={zone}])");
        await place.Locator("summary").FocusAsync();
        await window.Keyboard.PressAsync("Enter");
        // A window that somebody sits at takes no focus, and Space would fold the zone again.
        await place.Locator("input[name=Number]:enabled").First.FocusAsync();
        await window.Keyboard.PressAsync("Space");
        await press();
        await Assertions.Expect(window.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("号窗口");
    }

    private static async Task<string> NumberOf(IPage page) => (await page.Locator("#ticket-number").InnerTextAsync()).Replace("排队号", "", StringComparison.Ordinal).Trim();
}
