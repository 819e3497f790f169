using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Journeys;

/// <summary>What only a browser knows of a guide: what stands on the first screen, what paper shows, what the security policy lets through.</summary>
[Trait("Category", "Browser")]
public sealed class GuideTests(BrowserPortal portal) : IClassFixture<BrowserPortal>
{
    [Theory]
    [InlineData("company-setup")]
    [InlineData("estate-sale-transfer")]
    [InlineData("resident-insurance")]
    [InlineData("food-operation-licence")]
    [InlineData("public-gathering-fire-check")]
    public async Task The_five_answers_and_the_next_step_stand_on_the_first_screen_of_a_telephone(string code)
    {
        var page = await portal.OpenAsync(390);
        await page.SetViewportSizeAsync(390, 844);
        var faults = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                faults.Add(message.Text);
        };
        await page.GotoAsync($"/services/{code}");

        foreach (var answer in await page.Locator(".gx-facts > div").AllAsync())
            (await Bottom(answer)).ShouldBeLessThanOrEqualTo(844, await answer.InnerTextAsync());
        (await Bottom(page.Locator("#next .gx-btn--primary"))).ShouldBeLessThanOrEqualTo(844);
        await page.ShouldBeAccessible();
        await page.ShouldFitItsWidth();
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Paper_shows_the_answers_to_all_questions_and_no_buttons()
    {
        var page = await portal.OpenAsync(1280);
        await page.GotoAsync("/services/company-setup");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        (await page.Locator(".gx-faq details > div").First.BoundingBoxAsync())!.Height.ShouldBeGreaterThan(0);
        foreach (var hidden in (string[])["#next", ".gx-toc", ".gx-header", ".gx-footer"])
            (await page.Locator(hidden).First.IsVisibleAsync()).ShouldBeFalse(hidden);
    }

    private static async Task<double> Bottom(ILocator element) => await element.BoundingBoxAsync() is { } box ? box.Y + box.Height : double.MaxValue;
}
