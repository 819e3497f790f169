using System.Globalization;
using System.Net;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Hall.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Web.Tests.Hall;

/// <summary>The hall's pages without a script. Each test has a group of its own.</summary>
public sealed class HallPagesTests(PortalWebFactory portal) : IClassFixture<PortalWebFactory>
{
    private static int _person;

    [Fact]
    public async Task From_home_nobody_takes_a_ticket_and_a_stale_code_opens_nothing()
    {
        var browser = portal.Browse();
        (await browser.Get("/hall/kiosk")).ShouldBeOk().Heading.ShouldBe("请在大厅里取号");
        (await browser.Get("/hall/kiosk?handler=Code")).ShouldBe(HttpStatusCode.NotFound);
        var old = (await portal.Send(new GetPresenceCode())).Code;
        portal.Clock.Advance(TimeSpan.FromSeconds(61));

        var page = await (await browser.Get($"/hall/check-in?code={old}")).Form().Fill("Code", old).Submit();

        page.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Code").ShouldContain("已经变了");
        (await browser.Get("/hall/arrive")).ShouldBeOk().MainText.ShouldContain("要在大厅里签到");
    }

    [Fact]
    public async Task A_phone_that_scanned_the_screen_takes_a_ticket_follows_it_and_gives_it_back()
    {
        var browser = portal.Browse();
        var code = (await portal.Send(new GetPresenceCode())).Code;
        var kiosk = (await browser.Get($"/hall/check-in?code={code}")).ShouldBeOk();
        kiosk.Path.ShouldBe("/hall/kiosk");
        kiosk.Html.ShouldNotContain("用手机取号", customMessage: "the code is only on the kiosk");

        var wrong = await kiosk.Form().Choose("Command.Group", "utilities").Fill("Command.IdNumber", "123").Submit();
        wrong.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Command.IdNumber").ShouldBe("身份证号要 18 位，现在是 3 位");
        wrong.Form().Value("Command.Group").ShouldBe("utilities");
        var idNumber = NewIdNumber();
        var ticket = (await wrong.Form().Fill("Command.IdNumber", idNumber).Submit()).ShouldBeOk();

        ticket.Path.ShouldStartWith("/hall/tickets/");
        ticket.Text(".gx-pass__no").ShouldContain("L0");
        ticket.Texts("dd")[0].ShouldBe("0 人");
        ticket.Html.ShouldNotContain(idNumber);
        (await browser.Get("/hall/kiosk")).ShouldBeOk();
        var left = await ticket.Form("form[action*='handler=Leave']").Submit();
        left.ShouldBeOk().MainText.ShouldContain("已退号");
    }

    [Fact]
    public async Task A_phone_learns_by_an_ID_number_alone_of_nobodys_draw()
    {
        var browser = portal.Browse();
        await browser.Get($"/hall/check-in?code={(await portal.Send(new GetPresenceCode())).Code}");
        var page = await browser.Get("/hall/draw");
        page.ShouldBeOk().Heading.ShouldBe("查摇号结果");
        page.Document.QuerySelectorAll("[name=card], [name='Command.IdNumber']").ShouldBeEmpty();

        // The form of a kiosk, put together by hand.
        var form = page.Document.QuerySelector("form[action*=Find]")!;
        form.SetAttribute("action", "/hall/draw?handler=Mine");
        form.QuerySelector("[name=number]")!.SetAttribute("name", "card");
        var told = await page.Form("form[action*=Mine]").Fill("card", NewIdNumber()).Submit();

        told.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.ShouldHaveSingleItem().ShouldContain("大厅");
        told.Document.QuerySelector("#mine-title").ShouldBeNull();
    }

    [Fact]
    public async Task One_phone_takes_few_numbers_a_day_and_learns_of_nobody_elses()
    {
        var browser = portal.Browse();
        await browser.Get($"/hall/check-in?code={(await portal.Send(new GetPresenceCode())).Code}");
        async Task<PageView> Take(string idNumber) =>
            await (await browser.Get("/hall/kiosk")).Form().Choose("Command.Group", "finance").Fill("Command.IdNumber", idNumber).Submit();
        var first = NewIdNumber();
        var number = (await Take(first)).ShouldBeOk().Text(".gx-pass__no");

        var again = await Take(first);
        again.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Command.IdNumber").ShouldContain("已经有这项业务的号了");
        again.Html.ShouldNotContain(number);
        (await Take("110101218003070" + "07" + ResidentId.CheckCharacter("11010121800307007"))).ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Command.IdNumber").ShouldContain("出生日期");
        for (var i = 1; i < 4; i++)
            (await Take(NewIdNumber())).ShouldBeOk();
        (await Take(NewIdNumber())).ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("一部手机一天最多取 4 个号");
    }

    [Fact]
    public async Task On_a_phone_an_identity_number_alone_takes_up_no_appointment()
    {
        var browser = portal.Browse();
        await browser.Get($"/hall/check-in?code={(await portal.Send(new GetPresenceCode())).Code}");
        var page = (await browser.Get("/hall/arrive")).ShouldBeOk();

        var alone = await page.Form().Fill("Command.IdNumber", NewIdNumber()).Submit();

        alone.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Command.AppointmentNumber").ShouldContain("请填预约号");
        (await alone.Form().Fill("Command.AppointmentNumber", "Y000000000").Submit()).ShouldBe(HttpStatusCode.UnprocessableEntity)
            .ErrorOf("Command.AppointmentNumber").ShouldContain("今天没有这张身份证的这个预约");
    }

    [Fact]
    public async Task The_hall_tells_how_many_places_the_next_day_has()
    {
        var hall = (await portal.Browse().Get("/hall")).ShouldBeOk();

        hall.Text("#tomorrow").ShouldContain("还有多少号");
        (await portal.Browse().Get(hall.Document.QuerySelectorAll("section a[href^='/appointments/time']").First().GetAttribute("href")!)).ShouldBeOk().Path.ShouldBe("/appointments/time");
    }

    [Fact]
    public async Task The_manager_closes_a_window_that_a_colleague_left_open()
    {
        await portal.Send(new OpenWindow { Number = 60 }, TestUsers.Staff(Roles.WindowClerk));
        var manager = portal.Browse(TestUsers.Staff(Roles.HallManager));
        var board = (await manager.Get("/staff/hall/board")).ShouldBeOk();

        var closed = await board.Form("form[action*='handler=Close']").Fill("Number", "60").Submit();
        closed.ShouldBeOk().MainText.ShouldContain("60 号窗口关了");
        (await board.Form("form[action*='handler=Close']").Fill("Number", "60").Submit()).ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("60 号窗口没有开着");
        (await board.Form("form[action*='handler=Close']").Fill("Number", "999").Submit()).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await portal.Browse(TestUsers.Staff(Roles.WindowClerk)).Get("/staff/hall/board")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Who_opens_a_window_reads_before_and_after_what_is_done_at_it()
    {
        var closed = (await portal.Browse(TestUsers.Staff(Roles.WindowClerk)).Get("/staff/hall/window")).ShouldBeOk();
        closed.Document.QuerySelector("label:has(input[name=Number][value='13'])")!.TextContent.ShouldContain("新房办证；变更、更正和补证");
        closed.Document.QuerySelector("label:has(input[name=Number][value='61']) .gx-meta").ShouldBeNull("it does all of its zone");

        var opened = await closed.Form("form:has(input[value='13'])").Choose("Number", "13").Submit();

        opened.ShouldBeOk().Heading.ShouldContain("只办新房办证；变更、更正和补证");
    }

    [Fact]
    public async Task A_clerk_serves_the_line_by_buttons_and_an_old_page_changes_nothing()
    {
        var issued = await portal.Send(new IssueTicket { Group = "exit-entry" }, TestUsers.Staff(Roles.HallManager));
        var clerk = portal.Browse(TestUsers.Staff(Roles.WindowClerk));
        var opened = await (await clerk.Get("/staff")).ShouldBeOk().Form("form:has(input[value='59'])").Choose("Number", "59").Submit();
        opened.ShouldBeOk().Heading.ShouldContain("59 号窗口");
        opened.Texts(".sw-line td")[0].ShouldBe(issued.Number);

        var calling = await opened.Form("form[action*='handler=Next']").Submit();
        calling.Text(".sw-no").ShouldBe(issued.Number);
        var again = await opened.Form("form[action*='handler=Next']").Submit();
        again.ShouldBeOk().Text(".sw-no").ShouldBe(issued.Number);
        (await calling.Form("form[action*='handler=Miss']").Submit()).ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("还不能算过号");

        var display = (await portal.Browse().Get("/hall/display/exit-entry")).ShouldBeOk();
        display.Text(".sc-call b").ShouldBe(issued.Number);
        display.Text(".sc-call strong").ShouldBe("59");
        var serving = await calling.Form("form[action*='handler=Start']").Submit();
        var old = await calling.Form("form[action*='handler=Recall']").Submit();
        old.ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("窗口的情况刚才已经变了");
        (await serving.Form("form[action*='handler=Park']").Submit()).ShouldBe(HttpStatusCode.UnprocessableEntity).Text("form[action*='handler=Park']").ShouldContain("请写为什么离开");
        var done = await serving.Form("form[action*='handler=Finish']").Submit();
        done.ShouldBeOk().MainText.ShouldContain("办完了，收好材料再叫下一位");
        (await done.Form("form[action*='handler=Next']").Submit()).ShouldBeOk().MainText.ShouldContain("现在没有人等");
    }

    [Fact]
    public async Task An_alarm_shows_on_the_screen_and_the_board_until_the_manager_resets_it()
    {
        var clerk = TestUsers.Staff(Roles.WindowClerk);
        await portal.Send(new OpenWindow { Number = 84 }, clerk);
        var panel = (await portal.Browse(clerk).Get("/staff/hall/window")).ShouldBeOk();
        (await panel.Form("form[action*='handler=Alarm']").Submit()).ShouldBeOk().MainText.ShouldContain("正在求助");

        var manager = portal.Browse(TestUsers.Staff(Roles.HallManager));
        var board = (await manager.Get("/staff")).ShouldBeOk();
        board.Path.ShouldBe("/staff/hall/board");
        board.Texts(".hb-z").Count.ShouldBe(15);
        board.Text(".hb-alarm").ShouldContain("84 号窗口求助");
        (await portal.Browse().Get("/hall/display/finance")).Text(".sc-alarm").ShouldContain("84 号窗口求助");
        (await portal.Browse().Get("/hall/display/household")).Texts(".sc-alarm").ShouldBeEmpty();

        var calm = await board.Form(".hb-alarm form").Submit();

        calm.ShouldBeOk().Texts(".hb-alarm").ShouldBeEmpty();
        (await portal.Browse(clerk).Get("/staff/hall/window")).MainText.ShouldContain("窗口空着");
    }

    [Fact]
    public async Task The_manager_makes_a_device_a_kiosk_and_it_shows_the_changing_code()
    {
        var device = portal.Browse(TestUsers.Staff(Roles.HallManager));

        var kiosk = await (await device.Get("/staff/hall/board")).Form("form[action*='handler=Kiosk']").Submit();

        kiosk.ShouldBeOk().Path.ShouldBe("/hall/kiosk");
        var shown = kiosk.Text(".hk-code");
        shown.ShouldBe((await portal.Send(new GetPresenceCode())).Code);
        kiosk.Document.QuerySelector(".hk-qr svg").ShouldNotBeNull();
        portal.Clock.Advance(TimeSpan.FromSeconds(31));
        (await device.Get("/hall/kiosk?handler=Code")).ShouldBeOk().Html.ShouldNotContain(shown);
    }

    [Fact]
    public async Task An_urgent_ticket_needs_its_reason()
    {
        var desk = portal.Browse(TestUsers.Staff(Roles.WindowClerk));
        var page = await (await desk.Get("/staff/hall/tickets")).ShouldBeOk().Form().Fill("Command.Group", "construction").Choose("Command.Class", "Urgent").Submit();
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Command.UrgentReason").ShouldContain("请写明急在哪里");

        var taken = await page.Form().Fill("Command.UrgentReason", "明天开工").Submit();

        taken.ShouldBeOk().MainText.ShouldContain("取好了：D0");
    }

    [Fact]
    public async Task Everybody_sees_how_long_it_takes_and_an_unknown_zone_is_not_found()
    {
        await portal.Send(new OpenWindow { Number = 30 }, TestUsers.Staff(Roles.WindowClerk));

        var hall = (await portal.Browse().Get("/hall")).ShouldBeOk();

        hall.Texts(".hn-zone").Count.ShouldBe(15);
        hall.Text("section[aria-labelledby=zone-social-insurance]").ShouldContain("0 人在等，不用等");
        hall.Text("section[aria-labelledby=zone-household]").ShouldContain("窗口还没开");
        (await portal.Browse().Get("/hall?handler=Brief")).ShouldBeOk().Html.ShouldContain("看全部");
        (await portal.Browse().Get("/hall/display/nowhere")).ShouldBe(HttpStatusCode.NotFound);
        (await portal.Browse().Get("/hall/tickets/nobody-has-this")).ShouldBe(HttpStatusCode.NotFound);
        (await portal.Browse().Get("/hall/stream/nowhere")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_screen_hears_of_a_call_without_asking()
    {
        var clerk = TestUsers.Staff(Roles.WindowClerk);
        await portal.Send(new OpenWindow { Number = 42 }, clerk);
        using var client = portal.Server.CreateClient();
        await using var stream = await client.GetStreamAsync("/hall/stream/housing-fund", TestContext.Current.CancellationToken);
        using var lines = new StreamReader(stream);
        (await Next(lines)).ShouldStartWith("0|");

        await portal.Send(new IssueTicket { Group = "housing-fund" }, clerk);
        await portal.Send(new CallNext((await portal.Send(new GetMyWindow(), clerk)).Window!.Version), clerk);

        string heard;
        do
        {
            // A beat may read between the step and its commit: the next one looks again a second later.
            heard = await Next(lines);
            portal.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        while (heard.StartsWith("0|", StringComparison.Ordinal));
        heard.ShouldNotStartWith("0|");
    }

    [Fact]
    public async Task A_call_on_one_instance_shows_on_the_screen_of_another_by_stream_and_without_one_by_polling()
    {
        await using var other = portal.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddHostedService<HallListener>()));
        await using var deaf = portal.WithWebHostBuilder(_ => { });
        using var screen = other.CreateClient();
        using var polling = deaf.CreateClient();
        while (await portal.Database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN portal_hall'") == 0)
            await Task.Yield();
        await using var stream = await screen.GetStreamAsync("/hall/stream/medical-insurance", TestContext.Current.CancellationToken);
        using var lines = new StreamReader(stream);
        (await Next(lines)).ShouldStartWith("0|");
        (await Part(polling)).ShouldContain("还没有叫号");
        var clerk = TestUsers.Staff(Roles.WindowClerk);
        await portal.Send(new OpenWindow { Number = 38 }, clerk);
        var issued = await portal.Send(new IssueTicket { Group = "medical-insurance" }, clerk);

        await portal.Send(new CallNext((await portal.Send(new GetMyWindow(), clerk)).Window!.Version), clerk);

        // The clock stands still: only the notice of the database makes the other instance look again.
        string heard;
        do
            heard = await Next(lines);
        while (heard.StartsWith("0|", StringComparison.Ordinal));
        var shown = await Part(screen);
        shown.ShouldContain(issued.Number);
        shown.ShouldContain($"data-gx-call=\"{heard.Split('|')[0]}\"");

        // An instance that hears no notice looks by itself after a second.
        portal.Clock.Advance(TimeSpan.FromSeconds(2));
        (await Part(polling)).ShouldContain(issued.Number);

        Task<string> Part(HttpClient client) => client.GetStringAsync("/hall/display/medical-insurance?handler=Part", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Outside_opening_hours_kiosk_and_desk_say_when_the_zone_opens()
    {
        var (saved, lunch) = (portal.Clock.GetUtcNow(), portal.Clock.Today().At(new TimeOnly(12, 30)));
        portal.Clock.Advance(lunch - saved);
        var device = portal.Browse(TestUsers.Staff(Roles.HallManager));
        var kiosk = await (await device.Get("/staff/hall/board")).Form("form[action*='handler=Kiosk']").Submit();
        kiosk.Texts(".hk-zone").Single(z => z.Contains("公积金")).ShouldContain("现在不开，今天 13:30 开");
        kiosk.Document.QuerySelectorAll("input[value='housing-fund']").ShouldBeEmpty();
        kiosk.Document.QuerySelectorAll("input[value='estate-transfer']").ShouldNotBeEmpty();
        var desk = portal.Browse(TestUsers.Staff(Roles.WindowClerk));
        var refused = await (await desk.Get("/staff/hall/tickets")).Form().Fill("Command.Group", "housing-fund").Choose("Command.Class", "WalkIn").Submit();
        refused.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Command.Group").ShouldContain("今天 13:30 开");
        (await portal.Browse().Get("/hall")).Text("section[aria-labelledby=zone-taxation]").ShouldContain("现在不开，今天 13:30 开");
        portal.Clock.Advance(lunch.AddHours(1) - portal.Clock.GetUtcNow());
        (await refused.Form().Submit()).ShouldBeOk().MainText.ShouldContain("取好了");
    }

    [Fact]
    public async Task Every_call_can_be_said_with_the_clips_of_this_site()
    {
        var letters = (await portal.Send(new Catalogue.GetZones())).Zones.Select(z => z.Letter.ToString());
        string[] words = ["please", "number-to", "window", "ten", "on"];
        foreach (var clip in letters.Concat(words).Concat(Enumerable.Range(0, 10).Select(d => d.ToString(CultureInfo.InvariantCulture))))
        {
            var answer = await portal.Browse().Send(new HttpRequestMessage(HttpMethod.Get, $"/assets/voice/{clip}.mp3"));
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.OK, "audio/mpeg"), clip);
        }
    }

    [Fact]
    public async Task Staff_without_the_duty_and_citizens_do_not_get_in()
    {
        (await portal.Browse(TestUsers.Citizen()).Get("/staff/hall/window")).ShouldBe(HttpStatusCode.Forbidden);
        (await portal.Browse(TestUsers.Officer()).Get("/staff/hall/window")).ShouldBe(HttpStatusCode.Forbidden);
        (await portal.Browse(TestUsers.Staff(Roles.WindowClerk)).Get("/staff/hall/board")).ShouldBe(HttpStatusCode.Forbidden);
        (await portal.Browse().Get("/staff/hall/board")).Path.ShouldBe("/staff/sign-in");
    }

    private static string NewIdNumber()
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"41010219860101{Interlocked.Increment(ref _person):000}");
        return body + ResidentId.CheckCharacter(body);
    }

    /// <summary>The data of the next event.</summary>
    private static async Task<string> Next(StreamReader lines)
    {
        while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return line[6..];
        }

        throw new ShouldAssertException("The stream ended.");
    }
}
