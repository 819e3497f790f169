namespace GaoXin.Portal.Browser.Tests.Journeys;

[Trait("Category", "Browser")]
public sealed class HomePageTests(BrowserPortal portal) : IClassFixture<BrowserPortal>
{
    [Theory]
    [InlineData(360, true)]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public async Task The_home_page_opens_fits_and_is_accessible(int width, bool javaScript)
    {
        var page = await portal.OpenAsync(width, javaScript);
        var faults = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                faults.Add(message.Text);
        };
        var answer = await page.GotoAsync("/");
        answer!.Status.ShouldBe(200);
        (await page.Locator("h1").CountAsync()).ShouldBe(1);
        await page.ShouldFitItsWidth();
        if (javaScript)
            await page.ShouldBeAccessible();
        faults.ShouldBeEmpty();
    }
}
