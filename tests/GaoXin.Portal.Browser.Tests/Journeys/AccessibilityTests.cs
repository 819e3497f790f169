using GaoXin.Portal.Browser.Tests.Steps;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Journeys;

/// <summary>
/// axe and the width on every page there is, for nobody, a citizen, and staff. The pages come from the routes: a new one is
/// found. The phone is in 长辈版 here, the largest print on the smallest screen; the journeys look at it in normal print. axe reads the pages
/// of citizens and staff once, on the screen they mostly use; the width is looked at on both.
/// A citizen sees public pages as nobody does, so his walk is that of the pages behind the sign-in; a page that is not
/// there or not for him is looked at once.
/// </summary>
[Trait("Category", "Browser")]
public sealed class AccessibilityTests(BrowserPortal portal) : IClassFixture<BrowserPortal>
{
    /// <summary>Addresses that answer with a part of a page, a file or a number.</summary>
    private static readonly string[] NoPages = ["/autosave", "/name-advice", "/files/", "/export/"];

    [Fact]
    public async Task A_page_with_a_fault_is_not_let_through()
    {
        var page = await portal.OpenAsync();
        await page.SetContentAsync("""<html lang="zh-CN"><title>演示</title><main><h1>演示</h1><img src="x.png"></main></html>""");

        (await Assert.ThrowsAsync<ShouldAssertException>(page.ShouldBeAccessible)).Message.ShouldContain("image-alt");
    }

    [Theory]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    public async Task Every_page_is_accessible_to_somebody_not_signed_in(int width, bool elder) =>
        await Walk(await portal.OpenAsync(width), elder, axe: true, Routes(staff: false, open: true));

    [Theory]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    public async Task Every_page_is_accessible_to_a_citizen(int width, bool elder)
    {
        var page = await portal.OpenAsync(width, true, await portal.UserOf(Citizen.Ding));
        var draft = await portal.Send(new Cases.StartCase("company-setup"), await portal.UserOf(Citizen.Ding));
        await Walk(page, elder, axe: elder, Routes(staff: false, open: false), draft);
    }

    [Theory]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public async Task Every_page_of_staff_is_accessible(int width, bool axe)
    {
        var staff = TestUsers.Staff([.. Roles.All]);
        var page = await portal.OpenAsync(width, true, staff);
        var draft = await portal.Send(new StartItemDraft("company-setup"), staff);
        var complaint = await portal.Send(new FileComplaint
        {
            Kind = ComplaintKind.Help,
            Identity = IdentityMode.Anonymous,
            Topic = "street-light",
            Text = "小区门口的路灯坏了三天，晚上看不见路。",
        });
        await Walk(page, elder: false, axe, Routes(staff: true, open: false), draft, complaint.Id);
    }

    private static async Task Walk(IPage page, bool elder, bool axe, IEnumerable<string> routes, Guid draft = default, Guid complaint = default)
    {
        if (elder)
            await page.GotoAsync("/preferences/elder?on=1");
        var faults = new List<string>();
        var seen = new HashSet<string>();
        foreach (var address in routes.SelectMany(r => Addresses(r, r.StartsWith("/staff/complaints/", StringComparison.Ordinal) ? complaint : draft)))
        {
            var answer = await page.GotoAsync(address);
            if (answer!.Status >= 500 && !address.StartsWith("/error", StringComparison.Ordinal))
                faults.Add($"{address}: {answer.Status} {(await page.InnerTextAsync("body"))[..300]}");
            if (!seen.Add(answer.Status is 403 or 404 ? $"{answer.Status}" : page.Url))
                continue;
            try
            {
                if (axe)
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

    /// <summary>The addresses of pages: those open to everybody, or those behind the sign-in, of the workbench or not.</summary>
    private IEnumerable<string> Routes(bool staff, bool open) => portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is not null == open)
        .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(r => open || r.StartsWith("/staff", StringComparison.OrdinalIgnoreCase) == staff)
        .Where(r => !NoPages.Any(r.Contains)).Distinct().Order();

    /// <summary>A route with values: those of a draft or a complaint, all groups of its elements, and all codes of a page that shows errors.</summary>
    private static IEnumerable<string> Addresses(string route, Guid draft)
    {
        var filled = route.Replace("{id:guid}", draft.ToString(), StringComparison.Ordinal).Replace("{code?}", "GX2345678923456X", StringComparison.Ordinal)
            .Replace("{code}", "company-setup", StringComparison.Ordinal).Replace("{version:int}", "1", StringComparison.Ordinal).Replace("{zone?}", "real-estate", StringComparison.Ordinal)
            .Replace("{number:int}", "1", StringComparison.Ordinal).Replace("{token}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal);
        string[] steps = ["name", "capital", "scope", "address", "shareholders", "officers", "seals", "commitment"];
        string[] codes = ["400", "403", "404", "405", "413", "429", "500"];
        return filled.Contains("{step}", StringComparison.Ordinal) ? steps.Select(s => filled.Replace("{step}", s, StringComparison.Ordinal))
            : filled.Contains("{group}", StringComparison.Ordinal) ? ItemElements.Groups.Select(g => filled.Replace("{group}", g.Code, StringComparison.Ordinal))
            : filled.Contains("{code:int}", StringComparison.Ordinal) ? codes.Select(c => filled.Replace("{code:int}", c, StringComparison.Ordinal))
            : [filled];
    }
}
