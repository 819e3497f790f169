using GaoXin.Portal.Browser.Tests.Steps;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Journeys;

/// <summary>
/// axe and the width on every page there is, for nobody, a citizen, and staff. The pages come from the routes: a new one is
/// found. The phone is in 长辈版 here, the largest print on the smallest screen; the journeys look at it in normal print.
/// </summary>
[Trait("Category", "Browser")]
public sealed class AccessibilityTests(BrowserPortal portal) : IClassFixture<BrowserPortal>
{
    /// <summary>Addresses that answer with a part of a page, a file or a number.</summary>
    private static readonly string[] NoPages = ["/autosave", "/name-advice", "/files/", "/export/"];

    [Theory]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    public async Task Every_page_is_accessible_to_somebody_not_signed_in(int width, bool elder) =>
        await Walk(await portal.OpenAsync(width), elder, staff: false);

    [Theory]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    public async Task Every_page_is_accessible_to_a_citizen(int width, bool elder) =>
        await Walk(await portal.OpenAsync(width, true, await portal.UserOf(Citizen.Ding)), elder, staff: false);

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Every_page_of_staff_is_accessible(int width) =>
        await Walk(await portal.OpenAsync(width, true, TestUsers.Staff(Roles.Officer, Roles.WindowClerk, Roles.HallManager)), elder: false, staff: true);

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Every_page_of_an_editor_is_accessible(int width)
    {
        var editor = TestUsers.Staff(Roles.CatalogueEditor);
        await Walk(await portal.OpenAsync(width, true, editor), elder: false, staff: true, await portal.Send(new StartItemDraft("company-setup"), editor));
    }

    private async Task Walk(IPage page, bool elder, bool staff, Guid? itemDraft = null)
    {
        if (elder)
            await page.GotoAsync("/preferences/elder?on=1");
        var draft = itemDraft ?? (staff ? Guid.Empty : await portal.Send(new Cases.StartCase("company-setup"), await portal.UserOf(Citizen.Ding)));
        var faults = new List<string>();
        var seen = new HashSet<string>();
        foreach (var address in Routes().Where(r => r.StartsWith("/staff", StringComparison.Ordinal) == staff).SelectMany(r => Addresses(r, draft)))
        {
            var answer = await page.GotoAsync(address);
            if (answer!.Status >= 500 && !address.StartsWith("/error", StringComparison.Ordinal))
                faults.Add($"{address}: {answer.Status} {(await page.InnerTextAsync("body"))[..300]}");
            if (!seen.Add(page.Url))
                continue;
            try
            {
                await page.ShouldBeAccessible();
                await page.ShouldFitItsWidth();
            }
            catch (ShouldAssertException fault)
            {
                faults.Add(fault.Message);
            }
        }

        seen.Count.ShouldBeGreaterThan(3);
        faults.ShouldBeEmpty();
    }

    private IEnumerable<string> Routes() => portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(r => !NoPages.Any(r.Contains)).Distinct().Order();

    /// <summary>A route with values: those of the citizen's or the editor's draft, all groups of its elements, and all codes of a page that shows errors.</summary>
    private static IEnumerable<string> Addresses(string route, Guid draft)
    {
        var filled = route.Replace("{id:guid}", draft.ToString(), StringComparison.Ordinal).Replace("{code?}", "GX2345678923456X", StringComparison.Ordinal)
            .Replace("{code}", "company-setup", StringComparison.Ordinal).Replace("{version:int}", "1", StringComparison.Ordinal).Replace("{zone?}", "real-estate", StringComparison.Ordinal);
        string[] steps = ["name", "capital", "scope", "address", "shareholders", "officers", "seals", "commitment"];
        string[] codes = ["400", "403", "404", "405", "413", "429", "500"];
        return filled.Contains("{step}", StringComparison.Ordinal) ? steps.Select(s => filled.Replace("{step}", s, StringComparison.Ordinal))
            : filled.Contains("{group}", StringComparison.Ordinal) ? ItemElements.Groups.Select(g => filled.Replace("{group}", g.Code, StringComparison.Ordinal))
            : filled.Contains("{code:int}", StringComparison.Ordinal) ? codes.Select(c => filled.Replace("{code:int}", c, StringComparison.Ordinal))
            : [filled];
    }
}
