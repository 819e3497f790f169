using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Steps;

/// <summary>Somebody at a browser of his own. What he does is said in his words; every page he meets is looked at.</summary>
public abstract class Visitor(BrowserPortal portal, IPage page, bool javaScript)
{
    private const string Pictures = "PORTAL_PICTURES";
    private static readonly ConcurrentDictionary<(int Width, string Page, string Title), bool> Checked = new();
    private int _picture;

    /// <summary>The browser page.</summary>
    public IPage Page => page;

    /// <summary>The portal.</summary>
    protected BrowserPortal Portal => portal;

    /// <summary>A name for pictures.</summary>
    protected abstract string Who { get; }

    /// <summary>Opens an address.</summary>
    public Task Opens(string path) => page.GotoAsync(path);

    /// <summary>Follows a link by its words.</summary>
    public async Task Follows(string link)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();
        await page.Loaded();
    }

    /// <summary>Presses a button by its words and waits for the page that follows.</summary>
    public async Task Presses(string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
        await page.Loaded();
    }

    /// <summary>Sees this heading: the page is the right one, fits its width and has no fault that axe finds.</summary>
    public async Task Sees(string heading)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(heading);
        await Looks();
    }

    /// <summary>Reads these words in the main part.</summary>
    public Task Reads(string words) => Assertions.Expect(page.Locator("main")).ToContainTextAsync(words);

    /// <summary>
    /// Checks the page as it stands: width, and axe, which needs JavaScript, once a run for a page of a width and title (a page
    /// with faults has another title). Takes a picture into the folder named by PORTAL_PICTURES.
    /// </summary>
    public async Task Looks()
    {
        await page.ShouldFitItsWidth();
        if (Environment.GetEnvironmentVariable(Pictures) is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{Who}-{page.ViewportSize!.Width}-{++_picture:00}{Place().Replace('/', '_')}.png"), FullPage = true });
        if (javaScript && Checked.TryAdd((page.ViewportSize!.Width, Place(), await page.TitleAsync()), true))
            await page.ShouldBeAccessible();
    }

    /// <summary>The path without ids.</summary>
    private string Place() => Regex.Replace(new Uri(page.Url).AbsolutePath, "[0-9a-f-]{36}", "id");
}
