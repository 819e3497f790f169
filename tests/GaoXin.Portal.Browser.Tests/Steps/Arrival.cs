using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Steps;

/// <summary>Waits for pages by asking them, again and again: a page may run no script, and an event may pass unheard on a busy machine.</summary>
internal static class Arrival
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>The page at hand is there as a whole.</summary>
    public static Task Loaded(this IPage page) => Until(page, "() => document.readyState === 'complete'");

    /// <summary>Does what only begins to leave the page, and waits for the next one.</summary>
    public static async Task NextPage(this IPage page, Func<Task> leave)
    {
        await page.EvaluateAsync("() => { window.isOldPage = true; }");
        await leave();
        await Until(page, "() => window.isOldPage !== true && document.readyState === 'complete'");
    }

    private static async Task Until(IPage page, string state)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await Says(page, state))
            await Task.Delay(Between, patience.Token);
    }

    private static async Task<bool> Says(IPage page, string state)
    {
        try
        {
            return await page.EvaluateAsync<bool>(state);
        }
        catch (PlaywrightException)
        {
            // On the way between two pages.
            return false;
        }
    }
}
