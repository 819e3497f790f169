using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Journeys;

[Trait("Category", "Browser")]
public sealed class SearchJourneyTests(BrowserPortal portal) : IClassFixture<BrowserPortal>
{
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Suggestions_are_chosen_by_keyboard_and_open_the_guide(int width)
    {
        var page = await portal.OpenAsync(width);
        await page.GotoAsync("/");
        var box = page.GetByRole(AriaRole.Combobox);
        await box.PressSequentiallyAsync("laonianren");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        (await box.GetAttributeAsync("aria-expanded")).ShouldBe("true");
        await page.ShouldBeAccessible();
        await page.ShouldFitItsWidth();

        await box.PressAsync("Escape");
        (await box.GetAttributeAsync("aria-expanded")).ShouldBe("false");
        await box.PressAsync("y");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await box.PressAsync("ArrowDown");
        (await box.GetAttributeAsync("aria-activedescendant")).ShouldBe(await page.GetByRole(AriaRole.Option).First.GetAttributeAsync("id"));
        await box.PressAsync("Enter");

        await page.WaitForURLAsync("**/services/elder-card");
    }

    [Fact]
    public async Task Enter_without_a_choice_searches_and_filters_are_links()
    {
        var page = await portal.OpenAsync(390, javaScript: false);
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("登记");
        await page.GetByRole(AriaRole.Button, new() { Name = "搜索" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "即来即办" }).First.ClickAsync();

        page.Url.ShouldContain("speed=instant");
        await page.ShouldFitItsWidth();
    }
}
