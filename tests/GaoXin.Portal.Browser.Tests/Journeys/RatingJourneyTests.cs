using GaoXin.Portal.Browser.Tests.Steps;
using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Journeys;

/// <summary>A served citizen rates and adds to it (好差评、追评) on the smallest telephone, with the keyboard alone and without JavaScript.</summary>
[Trait("Category", "Browser")]
public sealed class RatingJourneyTests(BrowserPortal portal) : IClassFixture<BrowserPortal>
{
    private const int Width = 375;

    private const string Sizes =
        "() => [...document.querySelectorAll(\"input[name='Command.Level']\")].map(i => i.closest('label').getBoundingClientRect()).map(b => `${Math.round(b.width)} x ${Math.round(b.height)}`)";

    [Fact]
    public async Task A_service_is_rated_once_and_added_to_by_keyboard_without_scripts()
    {
        var citizen = await portal.UserOf(Citizen.Jia);
        var served = new ServiceEvent
        {
            Kind = ServiceEventKind.Ticket,
            RootRef = Guid.CreateVersion7(),
            Stage = "end",
            Number = "C902",
            Unit = "housing-fund",
            Window = 7,
            Item = "fund-loan",
            ItemTitle = "公积金贷款",
            Channel = "hall",
            EndedAt = DateTimeOffset.UtcNow.AddMinutes(-5),
            Outcome = ServiceOutcome.Served,
            CitizenId = citizen.Id,
        };
        await portal.InDatabase(db =>
        {
            db.Add(served);
            return db.SaveChangesAsync();
        });

        var page = await portal.OpenAsync(Width, javaScript: false, citizen);
        await page.GotoAsync("/evaluations/mine");
        await page.Heading("我的评价");
        await page.Enter("main form[action*='/evaluations/start'] button[type=submit]");
        await page.Heading("这次服务怎么样？");
        (await page.Locator("input[type=radio]:checked").CountAsync()).ShouldBe(0, "nothing is chosen beforehand");
        (await page.EvaluateAsync<string[]>(Sizes)).Distinct().ShouldHaveSingleItem("the five levels are offered alike");
        await page.Choose("Command.Level", nameof(RatingLevel.Dissatisfied));
        await page.Type("Command.Comment", "等了一个多小时。");
        await page.Choose("Command.Identity", nameof(RaterIdentity.Named));
        await page.Enter("main form button[type=submit]");

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("您的评价收到了");
        await page.ShouldFitItsWidth();
        await page.Type("Command.Text", "后来有人打电话来了。");
        await page.Enter("main form button[type=submit]");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("追评收到了");

        await page.GotoAsync("/evaluations/mine");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("等了一个多小时。");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("后来有人打电话来了。");
        await page.ShouldFitItsWidth();
    }
}
