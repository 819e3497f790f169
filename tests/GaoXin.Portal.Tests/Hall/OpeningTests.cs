using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Hall;

/// <summary>Walk-ins outside the opening hours of their zone. The steps share one clock, so they are one walk through a day.</summary>
public sealed class OpeningTests(HallHost host) : IClassFixture<HallHost>
{
    [Fact]
    public async Task Nobody_joins_a_line_while_its_zone_is_closed_but_an_urgent_matter()
    {
        var desk = host.As(TestUsers.Staff(Roles.WindowClerk));
        await Go(new DateOnly(2026, 11, 23), new TimeOnly(12, 10));
        (await Refused(() => host.Take("housing-fund"))).ShouldContain("今天 13:30 开");
        (await host.Take("estate-transfer")).Number.ShouldNotBeEmpty("this zone is open at noon");
        (await Refused(() => desk.Send(new IssueTicket { Group = "housing-fund", Class = TicketClass.Elderly }))).ShouldContain("今天 13:30 开");
        var urgent = await desk.Send(new IssueTicket { Group = "housing-fund", Class = TicketClass.Urgent, UrgentReason = "下午两点的火车" });
        (await host.Row(urgent.Number)).UrgentReason.ShouldBe("下午两点的火车");
        (await host.Send(new GetHallNow())).Zones.Single(z => z.Code == "housing-fund").OpensAt.ShouldBe(new DateOnly(2026, 11, 23).At(new TimeOnly(13, 30)));
        var today = host.Clock.Today();
        (await host.InDatabase(db => db.Tickets.CountAsync(t => t.Group == "housing-fund" && t.Day == today))).ShouldBe(1);

        await Go(new DateOnly(2026, 11, 27), new TimeOnly(17, 30));
        (await Refused(() => host.Take("housing-fund"))).ShouldContain("11月30日（周一）09:00 开");
        (await host.Take("estate-transfer")).Number.ShouldNotBeEmpty("evening service");
        await Go(new DateOnly(2026, 11, 28), new TimeOnly(16, 0));
        (await Refused(() => host.Take("estate-transfer"))).ShouldContain("明天 09:00 开");

        await Go(new DateOnly(2026, 11, 30), new TimeOnly(9, 0));
        var close = new CloseZone { Zone = "housing-fund", Day = host.Clock.Today(), Reason = "停电" };
        var manager = host.As(TestUsers.Staff(Roles.HallManager));
        await manager.Send(close with { Token = (await manager.Send(new PreviewClosure(close)))!.Token });
        (await Refused(() => host.Take("housing-fund"))).ShouldContain("明天 09:00 开");
        (await desk.Send(new IssueTicket { Group = "estate-transfer", Class = TicketClass.WalkIn })).Number.ShouldNotBeEmpty();
    }

    private Task Go(DateOnly day, TimeOnly time)
    {
        host.Clock.Advance(day.At(time) - host.Clock.GetUtcNow());
        return Task.CompletedTask;
    }

    private static async Task<string> Refused(Func<Task> work)
    {
        var refused = await Should.ThrowAsync<RefusedException>(work);
        refused.Refusals[0].Code.ShouldBe("hall.closed-now");
        return refused.Refusals[0].Message;
    }
}
