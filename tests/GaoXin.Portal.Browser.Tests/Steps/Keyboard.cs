using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Steps;

/// <summary>A page used with the keyboard alone; works on pages without scripts, too.</summary>
internal static class Keyboard
{
    /// <summary>The heading says this, and the page fits its width.</summary>
    public static async Task Heading(this IPage page, string words)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(words);
        await page.ShouldFitItsWidth();
    }

    /// <summary>Goes to the control, presses Enter and waits for the next page.</summary>
    public static async Task Enter(this IPage page, string control)
    {
        await Reach(page, control);
        await Press(page, "Enter");
    }

    /// <summary>Presses a key that leads to the next page, and waits for it.</summary>
    public static async Task Press(this IPage page, string key)
    {
        await page.NextPage(() => page.Keyboard.PressAsync(key));
    }

    /// <summary>Goes to the field and writes.</summary>
    public static async Task Type(this IPage page, string name, string text)
    {
        await Reach(page, $"[name='{name}']");
        await page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Tab stops once at a group of radio buttons; the arrows go through it.</summary>
    public static async Task Choose(this IPage page, string name, string value)
    {
        await Reach(page, $"input[type=radio][name='{name}']");
        await page.Keyboard.PressAsync("Space");
        for (var i = 0; i < 60 && !await Holds(page, $"input[name='{name}'][value='{value}']"); i++)
            await page.Keyboard.PressAsync("ArrowDown");
        (await page.Locator($"input[name='{name}'][value='{value}']").IsCheckedAsync()).ShouldBeTrue($"{name} {value}");
    }

    /// <summary>Goes to the list and chooses with the arrows.</summary>
    public static async Task Pick(this IPage page, string name, string value)
    {
        await Reach(page, $"select[name='{name}']");
        for (var i = 0; i < 60 && await page.Locator($"select[name='{name}']").InputValueAsync() != value; i++)
            await page.Keyboard.PressAsync("ArrowDown");
        (await page.Locator($"select[name='{name}']").InputValueAsync()).ShouldBe(value);
    }

    /// <summary>Presses Tab until the control has the focus: a control that the keyboard does not reach is a fault.</summary>
    public static async Task Reach(this IPage page, string control)
    {
        for (var i = 0; i < 120; i++)
        {
            if (await Holds(page, control))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        throw new ShouldAssertException($"{control} on {page.Url} is not reached by Tab.");
    }

    private static Task<bool> Holds(IPage page, string control) => page.EvaluateAsync<bool>("c => document.activeElement !== null && document.activeElement.matches(c)", control);
}
