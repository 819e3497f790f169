using System.Net;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Web.Tests.Appointments;

/// <summary>The program in demo mode: slots of the delivered plan, demo persons with real names.</summary>
public sealed class AppointmentSite : PortalWebFactory
{
    protected override bool DemoMode => true;

    internal async Task<PageClient> Browser(int person)
    {
        await using var scope = Services.CreateAsyncScope();
        return Browse(TestUsers.Citizen(await AccountOf(scope.ServiceProvider, person)));
    }

    /// <summary>A pre-checked case of a demo person, as another capability tells it.</summary>
    internal async Task<Guid> Admit(int person, string service)
    {
        await using var scope = Services.CreateAsyncScope();
        var id = Guid.CreateVersion7();
        var body = $"GX20261122{Random.Shared.Next(100_000, 999_999)}";
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AdmitCase
        {
            CaseId = id,
            CaseNumber = body + CheckCharacter.Of(body),
            Service = service,
            AccountId = await AccountOf(scope.ServiceProvider, person),
            PropertyUnit = $"410172001001GB00001F{Random.Shared.Next(10_000_000, 99_999_999)}",
        });
        return id;
    }

    private static async Task<Guid> AccountOf(IServiceProvider services, int person)
    {
        services.ActAs(SystemUser.Instance);
        return (await services.GetRequiredService<IPeople>().FindAccountByPhone(DemoPeople.Citizens[person].Phone, CancellationToken.None))!.Value;
    }
}

public sealed class AppointmentPagesTests(AppointmentSite site) : IClassFixture<AppointmentSite>
{
    private const string Unit = "410172001001GB00001F00010001";

    [Fact]
    public async Task A_citizen_books_from_the_guide_to_the_pass_moves_and_cancels()
    {
        var browser = await site.Browser(0);
        var times = await (await browser.Get("/services/estate-inheritance-transfer")).ShouldBeOk().Follow("预约到大厅办");
        times.ShouldBeOk().Texts(".gx-day a").Count.ShouldBeGreaterThan(5);
        var slot = times.Document.QuerySelectorAll("#times input[name=slot]:not([disabled])").First().GetAttribute("value")!;
        var who = await times.Form("#times").Choose("slot", slot).Submit();
        who.ShouldBeOk().MainText.ShouldContain("我自己：演**");

        var wrong = await who.Form().Fill("Command.PropertyUnit", "41017").Submit();
        wrong.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.ErrorOf("Command.PropertyUnit").ShouldContain("28 位");
        wrong.Form().Value("Command.PropertyUnit").ShouldBe("41017");

        var confirm = await wrong.Form().Fill("Command.PropertyUnit", Unit).Submit();
        confirm.ShouldBeOk().Heading.ShouldBe("确认预约");
        confirm.Html.ShouldNotContain(Unit);
        var extended = await confirm.Form().Submit("再要 5 分钟");
        extended.ShouldBeOk().MainText.ShouldNotContain("再要 5 分钟");
        var pass = await extended.Form().Submit("确认预约");
        pass.ShouldBeOk().Heading.ShouldBe("约好了");
        pass.Document.QuerySelector("svg.gx-qr").ShouldNotBeNull();

        var file = await browser.Send(new HttpRequestMessage(HttpMethod.Get, $"{pass.Path}/calendar"));
        file.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        var calendar = await file.Content.ReadAsStringAsync();
        calendar.ShouldStartWith("BEGIN:VCALENDAR\r\n");
        calendar.Split("\r\n").ShouldAllBe(line => System.Text.Encoding.UTF8.GetByteCount(line) <= 75);

        var move = await pass.Follow("改时间");
        var other = move.Document.QuerySelectorAll("#times input[name=slot]:not([disabled])").Last().GetAttribute("value")!;
        (await move.Form("#times").Choose("slot", other).Submit()).ShouldBeOk().Path.ShouldBe(pass.Path);
        var stale = await move.Form("#times").Choose("slot", other).Submit();
        stale.ShouldBe(HttpStatusCode.UnprocessableEntity);
        stale.Errors.Single().ShouldContain("就是原来的时段");

        (await browser.Get("/appointments/mine")).ShouldBeOk().MainText.ShouldContain("继承、受遗赠过户");
        var cancel = await (await browser.Get(pass.Path)).Follow("取消预约");
        (await cancel.Form().Submit("取消预约")).ShouldBeOk().Heading.ShouldBe("已取消");
    }

    [Fact]
    public async Task A_stranger_signs_in_staff_is_kept_out_and_nobody_sees_a_pass_of_another()
    {
        (await site.Browse().Get("/appointments/who?service=passport")).Path.ShouldBe("/sign-in");
        (await site.Browse(TestUsers.Officer()).Get($"/appointments/who?service=passport&slot={Guid.NewGuid()}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var mine = await Held(1);
        var other = await site.Browser(2);
        foreach (var page in (string[])["", "/confirm", "/cancel", "/reschedule", "/calendar"])
            (await other.Get(mine.Path.Replace("/confirm", "", StringComparison.Ordinal) + page)).Status.ShouldBe(HttpStatusCode.NotFound, page);
    }

    [Fact]
    public async Task A_second_place_of_the_same_kind_is_refused_on_the_page_and_what_was_typed_stays()
    {
        await Held(3);
        var browser = await site.Browser(3);
        var times = await browser.Get("/appointments/time?service=social-card-replacement");
        var slot = times.Document.QuerySelectorAll("#times input[name=slot]:not([disabled])").Last().GetAttribute("value")!;
        var who = await (await times.Form("#times").Choose("slot", slot).Submit()).Form().Choose("Command.ForAnother", "false").Submit();
        who.ShouldBe(HttpStatusCode.UnprocessableEntity);
        who.Errors.Single().ShouldContain("已经有一个预约");
    }

    [Fact]
    public async Task Public_pages_open_for_anybody_and_take_few_statements()
    {
        foreach (var page in (string[])["/appointments", "/appointments/time?service=estate-sale-transfer", "/appointments/time?service=passport&day=2026-12-01", "/appointments/time?service=estate-batch-transfer", "/appointments/fairness"])
        {
            (await site.Browse().Get(page)).ShouldBeOk();
            var statements = await site.Statements.During(() => site.Browse().Get(page));
            statements.Count.ShouldBeLessThanOrEqualTo(8, page);
        }

        (await site.Browse().Get("/appointments/time?service=nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await site.Browse().Get("/appointments/time")).Path.ShouldBe("/appointments");
    }

    [Fact]
    public async Task The_waiting_list_is_joined_once_and_left()
    {
        var browser = await site.Browser(4);
        var page = await browser.Get("/appointments/wait?service=id-card-application");
        var bad = await page.Form().Fill("Command.FromDay", "2020-01-01").Submit();
        bad.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page = await browser.Get("/appointments/wait?service=id-card-application");
        (await page.Form().Submit("加入候补")).ShouldBeOk().MainText.ShouldContain("前面还有 0 个人");
        (await page.Form().Submit("加入候补")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await (await browser.Get("/appointments/mine")).Form("form[action*=Leave]").Submit("退出候补")).ShouldBeOk().MainText.ShouldNotContain("前面还有");
    }

    [Fact]
    public async Task A_week_that_is_drawn_takes_one_application_and_gives_it_back()
    {
        await site.Admit(2, "estate-batch-transfer");
        var browser = await site.Browser(2);
        var week = await browser.Get("/appointments/time?service=estate-batch-transfer");
        var page = await (await browser.Get(week.Document.QuerySelectorAll(".gx-day a").First(a => a.TextContent.Contains("摇号", StringComparison.Ordinal)).GetAttribute("href")!.Split('#')[0])).Follow("登记这一周的摇号");
        page.ShouldBeOk().MainText.ShouldContain("GX-20261122-");
        var empty = await page.Form().Submit("登记摇号");
        empty.ShouldBe(HttpStatusCode.UnprocessableEntity);
        empty.ErrorOf("Command.First").ShouldContain("至少选一个");
        var slot = page.Document.QuerySelectorAll("select option").Select(o => o.GetAttribute("value")).First(v => !string.IsNullOrEmpty(v))!;
        var mine = await page.Form().Fill("Command.First", slot).Submit("登记摇号");
        mine.ShouldBeOk().MainText.ShouldContain("1 份机会");
        (await page.Form().Submit("登记摇号")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await mine.Form("form[action*=Withdraw]").Submit("撤回登记")).ShouldBeOk().MainText.ShouldNotContain("1 份机会");
    }

    [Fact]
    public async Task A_waiting_room_is_entered_by_looking()
    {
        site.Clock.Advance(TimeSpan.FromSeconds(2));
        var browser = await site.Browser(1);
        var days = await browser.Get("/appointments/time?service=passport");
        days.ShouldBeOk().MainText.ShouldContain("候场");
    }

    [Fact]
    public async Task The_desk_books_for_a_caller_and_enters_another_in_the_draw()
    {
        var clerk = site.Browse(TestUsers.Staff(Roles.WindowClerk));
        (await site.Browse(TestUsers.Officer()).Get("/staff/appointments/book")).ShouldBe(HttpStatusCode.Forbidden);
        var page = await (await clerk.Get("/staff/appointments/book")).ShouldBeOk().Form("form[method=get]").Fill("service", "social-card-application").Submit();
        var form = page.ShouldBeOk().Form("form[method=post]:has([name='Command.Name'])");
        var empty = await form.Submit();
        empty.ShouldBe(HttpStatusCode.UnprocessableEntity);
        empty.ErrorOf("Command.SlotId").ShouldContain("请选一个时段");
        empty.ErrorOf("Command.Name").ShouldContain("和身份证上一样");
        var slot = page.Document.QuerySelectorAll("[name='Command.SlotId'] option").Last().GetAttribute("value")!;
        form = form.Fill("Command.SlotId", slot).Fill("Command.Name", "演示来电").Fill("Command.IdNumber", "11010519491231002X").Fill("Command.Phone", "13800000000");
        var booked = await form.Submit();
        booked.ShouldBeOk().MainText.ShouldContain("约好了，预约号 Y");
        booked.Html.ShouldNotContain("11010519491231002X");
        (await form.Submit()).ShouldBeOk().MainText.ShouldContain("约好了", customMessage: "the same form again is the same booking");
        var again = await (await clerk.Get("/staff/appointments/book?service=social-card-application")).Form("form[method=post]:has([name='Command.Name'])")
            .Fill("Command.SlotId", slot).Fill("Command.Name", "演示来电").Fill("Command.IdNumber", "11010519491231002X").Fill("Command.Phone", "13800000000").Submit();
        again.ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("一个人同时只能约一个");

        var draw = await clerk.Get("/staff/appointments/book?service=estate-batch-transfer");
        var first = draw.ShouldBeOk().Document.QuerySelectorAll("[name='Command.SlotId'] option").Last().GetAttribute("value")!;
        var without = await draw.Form("form[method=post]:has([name='Command.Name'])").Fill("Command.SlotId", first).Fill("Command.Name", "演示来电").Fill("Command.IdNumber", "11010519491231002X").Fill("Command.Phone", "13800000000").Submit();
        without.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Command.CaseNumber").ShouldContain("办件编号");
    }

    [Fact]
    public async Task The_hall_manager_sees_whom_a_closure_moves_before_it_does()
    {
        var manager = site.Browse(TestUsers.Staff(Roles.HallManager));
        (await site.Browse(TestUsers.Officer()).Get("/staff/appointments")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var page = await manager.Get("/staff/appointments");
        var preview = await page.ShouldBeOk().Form("form[method=get]").Fill("Command.Zone", "real-estate").Fill("Command.Day", "2026-12-03").Fill("Command.Reason", "设备检修").Submit("预览影响");
        preview.ShouldBeOk().MainText.ShouldContain("要撤下");
        var closed = await preview.Form("form:has([name='Command.Token'])").Submit("停办，挪动并通知");
        closed.ShouldBeOk().MainText.ShouldContain("设备检修");
        site.Clock.Advance(TimeSpan.FromSeconds(2));
        (await site.Browse().Get("/appointments/time?service=estate-change&day=2026-12-03")).Texts(".gx-day .is-off .vh").ShouldContain(t => t.Contains("12月3日") && t.Contains("不办公"));
        (await closed.Form("form[action*=Reopen]").Submit("恢复开放")).ShouldBeOk().MainText.ShouldNotContain("设备检修");
    }

    [Fact]
    public async Task The_hall_manager_changes_opening_hours_in_two_steps_and_sees_again_what_changed_between()
    {
        var manager = site.Browse(TestUsers.Staff(Roles.HallManager));
        (await site.Browse(TestUsers.Staff(Roles.WindowClerk)).Get("/staff/appointments/hours")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var page = await (await manager.Get("/staff/appointments/hours")).ShouldBeOk().Form("form[method=get]").Fill("zone", "taxation").Submit();
        page.ShouldBeOk().MainText.ShouldContain("09:00-12:00，13:30-17:30");
        var form = page.Form("form[action*=Preview]");
        form.Value("Command.WorkingDays").Replace("\r", "", StringComparison.Ordinal).ShouldBe("09:00-12:00\n13:30-17:30");

        var wrong = await form.Fill("Command.From", "2026-11-23").Fill("Command.WorkingDays", "9点").Submit();
        wrong.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Form("form[action*=Preview]").Value("Command.WorkingDays").ShouldBe("9点");
        wrong.MainText.ShouldContain("看不懂");
        wrong.MainText.ShouldContain("最早从明天起");
        var preview = await wrong.Form("form[action*=Preview]").Fill("Command.From", "2026-12-07").Fill("Command.WorkingDays", "08:30-12:00").Fill("Command.Reason", "冬季作息").Submit();
        preview.ShouldBeOk().MainText.ShouldContain("还没有改");
        var other = await wrong.Form("form[action*=Preview]").Fill("Command.From", "2026-12-07").Fill("Command.WorkingDays", "08:00-12:00").Fill("Command.Reason", "另一个窗口").Submit();
        var done = await preview.Form("form:has([name='Command.Token'])").Submit();
        done.ShouldBeOk().MainText.ShouldContain("存好了");
        done.MainText.ShouldContain("冬季作息");
        var stale = await other.Form("form:has([name='Command.Token'])").Submit();
        stale.ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("预览以后情况变了");
        stale.MainText.ShouldNotContain("另一个窗口，");
        (await stale.Form("form:has([name='Command.Token'])").Submit()).ShouldBeOk().MainText.ShouldContain("另一个窗口");
    }

    [Fact]
    public async Task At_the_kiosk_a_draw_takes_the_identity_card_and_tells_what_became_of_it()
    {
        var (person, id) = (DemoPeople.Citizens[4], await site.Admit(4, "estate-batch-transfer"));
        var number = await site.InDatabase(db => db.Admissions.Where(a => a.CaseId == id).Select(a => a.CaseNumber).SingleAsync());
        var kiosk = await site.Browse().Get("/hall/draw");
        var form = kiosk.ShouldBeOk().Form("form:has([name='Command.IdNumber'])");
        var empty = await form.Submit();
        empty.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("Command.IdNumber").ShouldNotBeEmpty();
        var first = kiosk.Document.QuerySelectorAll("[name='Command.First'] option").Last().GetAttribute("value")!;
        form = form.Fill("Command.IdNumber", person.IdNumber).Fill("Command.Name", person.Name).Fill("Command.Phone", person.Phone).Fill("Command.First", first);
        (await form.Fill("Command.CaseNumber", "GX202611220000010").Submit()).ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("没有找到您名下预审通过的这个办件");

        var entered = await form.Fill("Command.CaseNumber", number).Submit();
        entered.ShouldBeOk().MainText.ShouldContain("登记好了，抽签编号");
        var drawn = entered.Document.QuerySelector("[role=status] .mono")!.TextContent;
        entered.Html.ShouldNotContain(person.IdNumber, customMessage: "the next person sees nothing");
        (await form.Submit()).ShouldBeOk();
        var again = (await site.Browse().Get("/hall/draw")).Form("form:has([name='Command.IdNumber'])");
        (await again.Fill("Command.IdNumber", person.IdNumber).Fill("Command.Name", person.Name).Fill("Command.Phone", person.Phone).Fill("Command.First", first).Fill("Command.CaseNumber", number).Submit())
            .ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("一个人只能登记一次");
        var stored = await site.InDatabase(db => db.DrawApplications.Where(a => a.CaseId == id).SingleAsync());
        (stored.Channel, stored.Silent, stored.Entry.Desk).ShouldBe((BookingChannel.Desk, false, true));

        var told = await kiosk.Form("form[action*=Mine]").Fill("card", person.IdNumber).Submit();
        told.ShouldBeOk().MainText.ShouldContain("已登记，等开摇");
        told.Html.ShouldNotContain(person.IdNumber);
        (await kiosk.Form("form[action*=Mine]").Fill("card", "123").Submit()).ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("18 位");
        (await (await site.Browser(4)).Get("/appointments/mine")).ShouldBeOk().MainText.ShouldContain("新房办证");

        var tail = person.IdNumber[^4..].ToLowerInvariant();
        Task<PageView> Look(string of, string with) => kiosk.Form("form[action*=Find]").Fill("number", of).Fill("tail", with).Submit();
        var found = await Look(drawn.ToLowerInvariant(), tail);
        found.ShouldBeOk().MainText.ShouldContain("已登记，等开摇");
        found.Html.ShouldNotContain(person.Name);
        var wrong = (await Look(drawn, "000X")).ShouldBe(HttpStatusCode.UnprocessableEntity).Errors;
        wrong.ShouldHaveSingleItem().ShouldContain("对不上，或者没有这个登记");
        (await Look($"C{0:00000000}{CheckCharacter.Of("C00000000")}", tail)).ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.ShouldBe(wrong, "known and unknown are answered alike");
        for (var i = 0; i < 4; i++)
            (await Look(drawn, "000X")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Look(drawn, tail)).ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("错得太多", customMessage: "after five wrong tries the right end does not help either");
        (await kiosk.Form("form[action*=Mine]").Fill("card", person.IdNumber).Submit()).ShouldBeOk().MainText.ShouldContain(drawn, customMessage: "the card still tells");
    }

    private async Task<PageView> Held(int person)
    {
        var browser = await site.Browser(person);
        var times = await browser.Get("/appointments/time?service=social-card-application");
        var slot = times.Document.QuerySelectorAll("#times input[name=slot]:not([disabled])").First().GetAttribute("value")!;
        var held = await (await times.Form("#times").Choose("slot", slot).Submit()).Form().Submit();
        held.ShouldBeOk().Path.ShouldEndWith("/confirm");
        return held;
    }
}
