using GaoXin.Portal.Browser.Tests.Steps;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Journeys;

/// <summary>帮办 from the request to the form that somebody else filled in, with the keyboard alone; the applicant without JavaScript.</summary>
[Trait("Category", "Browser")]
public sealed class HelperJourneyTests(BrowserPortal portal) : IClassFixture<BrowserPortal>
{
    [Fact]
    public async Task A_helper_fills_in_what_the_applicant_agreed_to_and_the_applicant_sees_it()
    {
        var citizen = await portal.UserOf(Citizen.Ding);
        var id = await portal.Send(new StartCase("company-setup"), citizen);
        var mine = await portal.OpenAsync(390, javaScript: false, citizen);
        await mine.GotoAsync($"/cases/{id}/tasks");
        await mine.Enter($"a[href='/cases/{id}/help']");
        await mine.ShouldFitItsWidth();
        await mine.Enter("form[action*=Ask] button[type=submit]");
        await mine.Heading("您的帮办员");
        var name = await mine.Locator(".gx-sum dd strong").InnerTextAsync();
        await mine.Enter("form[action*=Agree] button[type=submit]");
        await Assertions.Expect(mine.Locator("main")).ToContainTextAsync("收回同意");

        var desk = await portal.OpenAsync(1280, javaScript: true, await Helper(name));
        await desk.GotoAsync("/staff/help");
        await desk.Enter($"a[href='/staff/help/{id}']");
        await desk.ShouldBeAccessible();
        await desk.Enter("form[action*=Open] button[type=submit]");
        await desk.Enter($"main a[href='/cases/{id}/form/capital']");
        await desk.ShouldBeAccessible();
        await desk.Type("company.capital", "88");
        await desk.Enter("button[name='ask'][value='save']");
        await Assertions.Expect(desk.Locator("main")).ToContainTextAsync("您在替申请人填");

        await mine.GotoAsync($"/cases/{id}/form/capital");
        await Assertions.Expect(mine.Locator("main")).ToContainTextAsync("工作人员替您填的，请核对");
        await Assertions.Expect(mine.Locator("[name='company.capital']")).ToHaveValueAsync("88");
        await mine.ShouldFitItsWidth();
        await mine.GotoAsync("/me/data");
        await Assertions.Expect(mine.Locator("main")).ToContainTextAsync("帮办员替您填表，您同意过");
    }

    private Task<TestUser> Helper(string name) => portal.InScope(async services =>
    {
        var people = services.GetRequiredService<IPeople>();
        var account = (await people.FindStaffAccount(name.EndsWith('乙') ? "helper-b" : "helper", CancellationToken.None))!.Value;
        return TestUsers.Staff(Roles.Helper) with { Id = account, DisplayName = name, DepartmentCode = "service-hall" };
    });
}
