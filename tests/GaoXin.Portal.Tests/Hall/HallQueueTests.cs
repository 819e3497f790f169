using GaoXin.Portal.Hall;
using GaoXin.Portal.Hall.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GaoXin.Portal.Tests.Hall;

public sealed class HallQueueTests(HallHost host) : IClassFixture<HallHost>
{
    [Fact]
    public async Task From_the_kiosk_to_the_end_every_move_is_written_down_once()
    {
        var clerk = await host.Open(42, "housing-fund");
        var taken = await host.Take("housing-fund");
        taken.Number.ShouldStartWith("G");
        (await host.Send(new GetTicket(taken.Code))).Wait.ShouldNotBeNull();

        (await clerk.CallNext()).ShouldNotBeNull().Number.ShouldBe(taken.Number);
        var called = await host.Send(new GetTicket(taken.Code));
        called.State.ShouldBe(TicketState.Called);
        called.Window.ShouldBe(42);
        await clerk.Recall();
        await clerk.Serve();

        (await host.Send(new GetTicket(taken.Code))).State.ShouldBe(TicketState.Done);
        var row = await host.Row(taken.Number);
        var events = await host.InDatabase(db => db.HallEvents.AsNoTracking().Where(e => e.TicketId == row.Id).OrderBy(e => e.Version).ToListAsync());
        events.Select(e => e.Action).ShouldBe(["Join", "Call", "Recall", "Start", "Finish"]);
        events.Select(e => e.Version).ShouldBe([1, 2, 3, 4, 5]);
        row.ReachedAt.ShouldNotBeNull();
        (await clerk.Window()).State.ShouldBe(WindowState.WrapUp);
    }

    [Fact]
    public async Task Who_is_due_first_is_called_first_and_nobody_else_who_came_earlier()
    {
        var clerk = await host.Open(62, "utilities");
        var early = await host.Take("utilities");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var urgent = await clerk.User.Send(new IssueTicket { Group = "utilities", Class = TicketClass.Urgent, UrgentReason = "家里停气" });
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var old = await host.Take("utilities", HallHost.NewIdNumber(born: 1950));
        var cared = await host.Take("utilities", needsCare: true);
        var late = await host.Take("utilities");

        var order = new List<string>();
        while (await clerk.CallNext() is { } called)
        {
            order.Add(called.Number);
            await clerk.Serve();
        }

        order.ShouldBe([old.Number, cared.Number, urgent.Number, early.Number, late.Number]);
        (await host.Row(urgent.Number)).UrgentReason.ShouldBe("家里停气");
    }

    [Fact]
    public async Task Twenty_four_windows_calling_at_once_never_call_a_ticket_twice()
    {
        const int Tickets = 60;
        var clerks = new List<Clerk>();
        for (var i = 0; i < 24; i++)
            clerks.Add(await host.OpenExtra(201 + i, "finance"));
        var taken = new List<string>();
        for (var i = 0; i < Tickets; i++)
            taken.Add((await clerks[0].User.Send(new IssueTicket { Group = "finance" })).Number);

        var called = await Task.WhenAll(clerks.Select(clerk => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await clerk.CallNext() is { } next)
            {
                mine.Add(next.Number);
                await clerk.Serve();
            }

            return mine;
        })));

        called.SelectMany(c => c).Order().ShouldBe(taken.Order());
        (await host.InDatabase(db => db.HallEvents.CountAsync(e => e.Group == "finance" && e.Action == "Call"))).ShouldBe(Tickets);
    }

    [Fact]
    public async Task Recall_park_and_transfer_keep_the_due_time()
    {
        var clerk = await host.Open(53, "estate-tax");
        var taken = await host.Take("estate-tax");
        var due = (await host.Row(taken.Number)).Due;
        await clerk.CallNext();
        await clerk.Recall();
        await clerk.Start();
        await clerk.User.Send(new ParkTicket { Version = await clerk.Version(), Reason = "去复印", Minutes = 10 });
        (await clerk.CallNext()).ShouldBeNull("it is parked");
        host.Clock.Advance(TimeSpan.FromMinutes(10));

        (await clerk.CallNext()).ShouldNotBeNull().Number.ShouldBe(taken.Number);
        await clerk.Start();
        await clerk.User.Send(new TransferTicket { Version = await clerk.Version(), Group = "taxation" });

        var moved = await host.Row(taken.Number);
        (moved.Group, moved.State, moved.Due).ShouldBe(("taxation", TicketState.Waiting, due));
        var other = await host.Open(45, "taxation");
        (await other.CallNext()).ShouldNotBeNull().Number.ShouldBe(taken.Number);
    }

    [Fact]
    public async Task A_call_is_missed_after_three_calls_in_three_minutes_and_the_person_may_come_back_once()
    {
        var clerk = await host.Open(38, "medical-insurance");
        var taken = await host.Take("medical-insurance");
        await clerk.CallNext();
        await clerk.Recall();
        await clerk.Recall();
        (await Refused(async () => await clerk.User.Send(new MissTicket(await clerk.Version())))).ShouldBe("hall.not-missed-yet");
        host.Clock.Advance(TimeSpan.FromMinutes(3));
        await clerk.User.Send(new MissTicket(await clerk.Version()));

        (await clerk.Window()).State.ShouldBe(WindowState.Open);
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        await host.Send(new RejoinQueue(taken.Code));
        var back = await host.Row(taken.Number);
        (back.State, back.Due).ShouldBe((TicketState.Waiting, host.Clock.GetUtcNow().AddMinutes(10)));

        await clerk.CallNext();
        await clerk.Recall();
        await clerk.Recall();
        host.Clock.Advance(TimeSpan.FromMinutes(3));
        await clerk.User.Send(new MissTicket(await clerk.Version()));
        (await Refused(() => host.Send(new RejoinQueue(taken.Code)))).ShouldBe("hall.rejoined-before");
    }

    [Fact]
    public async Task Who_comes_back_too_late_takes_a_new_ticket()
    {
        var clerk = await host.Open(55, "household");
        var person = HallHost.NewIdNumber();
        var taken = await host.Take("household", person);
        await clerk.CallNext();
        await clerk.Recall();
        await clerk.Recall();
        host.Clock.Advance(TimeSpan.FromMinutes(3));
        await clerk.User.Send(new MissTicket(await clerk.Version()));
        host.Clock.Advance(TimeSpan.FromMinutes(31));

        (await Refused(() => host.Send(new RejoinQueue(taken.Code)))).ShouldBe("hall.rejoin-too-late");
        (await host.Take("household", person)).Number.ShouldNotBe(taken.Number);
    }

    [Fact]
    public async Task A_second_press_does_nothing_more()
    {
        var clerk = await host.Open(59, "exit-entry");
        await host.Take("exit-entry");
        await host.Take("exit-entry");
        var version = await clerk.Version();

        var first = await clerk.User.Send(new CallNext(version));
        var second = await clerk.User.Send(new CallNext(version));

        second.ShouldBe(first);
        version = await clerk.Version();
        await clerk.User.Send(new StartService(version));
        (await Refused(() => clerk.User.Send(new StartService(version)))).ShouldBe("hall.stale");
    }

    [Fact]
    public async Task One_person_has_one_ticket_of_a_group_also_at_many_kiosks_at_once()
    {
        var person = HallHost.NewIdNumber();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await host.Take("estate-query", person)).Number;
            }
            catch (RefusedException refused)
            {
                return refused.Message;
            }
        })));

        answers.Count(a => a == "hall.has-ticket").ShouldBe(7);
        var number = answers.Single(a => a != "hall.has-ticket");
        (await host.Row(number)).PersonHash.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_code_of_the_screen_is_good_for_half_a_minute_to_a_minute()
    {
        var code = (await host.Send(new GetPresenceCode())).Code;
        (await host.Send(new CheckPresenceCode(code))).ShouldBeTrue();
        host.Clock.Advance(TimeSpan.FromSeconds(29));
        (await host.Send(new CheckPresenceCode(code))).ShouldBeTrue();
        host.Clock.Advance(TimeSpan.FromSeconds(31));

        (await host.Send(new CheckPresenceCode(code))).ShouldBeFalse();
        (await Refused(() => host.Send(new TakeTicket { Group = "estate-query", IdNumber = HallHost.NewIdNumber(), PresenceCode = code }))).ShouldBe("hall.presence-first");
    }

    [Fact]
    public async Task An_alarm_puts_the_ticket_back_rings_on_the_board_and_resets_itself()
    {
        var clerk = await host.Open(71, "deregistration");
        var manager = host.As(TestUsers.Staff(Roles.HallManager));
        var taken = await host.Take("deregistration");
        var due = (await host.Row(taken.Number)).Due;
        await clerk.CallNext();
        await clerk.Start();

        await clerk.User.Send(new RaiseAlarm());
        await clerk.User.Send(new RaiseAlarm());

        var row = await host.Row(taken.Number);
        (row.State, row.Due, row.Window).ShouldBe((TicketState.Waiting, due, null));
        (await manager.Send(new GetHallBoard())).Tasks.ShouldContain(t => t.Alarm == 71);
        (await host.Send(new GetDisplay("deregistration"))).Alarms.ShouldBe([71]);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        (await host.Send(new GetDisplay("deregistration"))).Alarms.ShouldBeEmpty();
        (await clerk.Window()).AlarmIsOver.ShouldBeTrue();
        await clerk.User.Send(new ResumeWindow(await clerk.Version()));
        (await clerk.CallNext()).ShouldNotBeNull().Number.ShouldBe(taken.Number);
    }

    [Fact]
    public async Task A_restart_loses_and_repeats_no_call()
    {
        var clerk = await host.Open(65, "livelihood");
        var numbers = new List<string>();
        for (var i = 0; i < 3; i++)
            numbers.Add((await host.Take("livelihood")).Number);
        await clerk.CallNext();
        var shown = await host.Send(new GetDisplay("comprehensive"));

        using var restarted = PortalHost.Build(TestSettings.For(host.Database.ConnectionString), services => services.AddSingleton<TimeProvider>(host.Clock));
        Task<T> Send<T>(IRequest<T> request) => InNewProgram(restarted.Services, clerk.User.User, request);
        (await Send(new GetDisplay("comprehensive"))).Calls.ShouldBe(shown.Calls);
        var panel = await Send(new GetMyWindow());
        panel.Ticket.ShouldNotBeNull().Number.ShouldBe(numbers[0]);
        await Send(new StartService(panel.Window!.Version));
        await Send(new FinishService(panel.Window.Version + 1));

        (await Send(new CallNext(panel.Window.Version + 2))).ShouldNotBeNull().Number.ShouldBe(numbers[1]);
        (await Send(new GetDisplay("comprehensive"))).Calls.Select(c => c.Number).ShouldBe([numbers[1], numbers[0]]);
        (await host.InDatabase(db => db.HallEvents.CountAsync(e => e.Group == "livelihood" && e.Action == "Call"))).ShouldBe(2);
    }

    [Fact]
    public async Task A_window_has_one_clerk_and_a_clerk_one_window()
    {
        var clerk = await host.Open(25);

        (await Refused(() => host.Open(25))).ShouldBe("hall.window-taken");
        (await Refused(() => clerk.User.Send(new OpenWindow { Number = 26 }))).ShouldBe("hall.other-window");
        (await Refused(() => host.Open(27, "taxation"))).ShouldBe("hall.skill-not-there");
        (await Refused(() => host.Open(999))).ShouldBe("hall.unknown-window");
        await clerk.User.Send(new CloseWindow(await clerk.Version()));
        (await (await host.Open(25)).Window()).Number.ShouldBe(25);
    }

    [Fact]
    public async Task Only_clerks_call_and_only_the_manager_sees_the_board()
    {
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Officer()).Send(new CallNext(0)));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Citizen()).Send(new IssueTicket { Group = "finance" }));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Staff(Roles.WindowClerk)).Send(new GetHallBoard()));
        await Should.ThrowAsync<NotFoundException>(() => host.Send(new GetTicket("nobody-has-this")));
    }

    [Fact]
    public async Task The_record_of_the_hall_cannot_be_changed()
    {
        await host.Take("estate-query");

        (await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.Database.ExecuteSqlAsync($"DELETE FROM hall.events"))))
            .MessageText.ShouldStartWith("append-only");
    }

    private static async Task<string> Refused(Func<Task> act) => (await Should.ThrowAsync<RefusedException>(act)).Message;

    private static async Task<T> InNewProgram<T>(IServiceProvider services, ICurrentUser user, IRequest<T> request)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.ActAs(user);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }
}
