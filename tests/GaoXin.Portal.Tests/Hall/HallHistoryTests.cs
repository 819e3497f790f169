using GaoXin.Portal.Hall;
using GaoXin.Portal.Hall.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Hall;

/// <summary>Random days of clerks and citizens at once on a real database: what the record says always lies in the tables.</summary>
public sealed class HallHistoryTests(HallHost host) : IClassFixture<HallHost>
{
    private const string Group = "construction";

    [Theory]
    [InlineData(11)]
    [InlineData(23)]
    [InlineData(47)]
    public async Task Random_histories_stay_in_the_tables(int seed)
    {
        var clerks = new List<Clerk>();
        for (var i = 0; i < 3; i++)
            clerks.Add(await host.OpenExtra(300 + (seed * 10) + i, Group, "estate-batch"));
        var codes = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Task.WhenAll(clerks.Select((clerk, i) => Work(clerk, new Random(seed + i), codes)));

        var tickets = await host.InDatabase(db => db.Tickets.AsNoTracking().Where(t => codes.Contains(t.Code)).ToListAsync());
        foreach (var ticket in tickets)
        {
            var events = await host.InDatabase(db => db.HallEvents.AsNoTracking().Where(e => e.TicketId == ticket.Id).OrderBy(e => e.Version).ToListAsync());
            events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, events.Count));
            events.Zip(events.Skip(1)).ShouldAllBe(p => p.First.To == p.Second.From);
            foreach (var e in events)
                TicketTransitions.Table[(Enum.Parse<TicketState>(e.From), Enum.Parse<TicketAction>(e.Action))].ToString().ShouldBe(e.To);
            (ticket.State.ToString(), ticket.Version).ShouldBe((events[^1].To, events.Count));
        }

        tickets.Where(t => t.Window is not null).Select(t => t.Window).ShouldBeUnique();
        var numbers = clerks.Select((_, i) => 300 + (seed * 10) + i).ToList();
        var moves = await host.InDatabase(db => db.HallEvents.AsNoTracking().Where(e => e.TicketId == null && numbers.Contains(e.Window!.Value)).ToListAsync());
        foreach (var e in moves)
            WindowTransitions.Table[(Enum.Parse<WindowState>(e.From), Enum.Parse<WindowAction>(e.Action))].ToString().ShouldBe(e.To);
        moves.Count.ShouldBeGreaterThan(10);
    }

    private async Task Work(Clerk clerk, Random random, System.Collections.Concurrent.ConcurrentBag<string> codes)
    {
        for (var i = 0; i < 60; i++)
        {
            try
            {
                await Step(clerk, random, codes);
            }
            catch (RefusedException)
            {
                // A refusal is an answer; what it leaves behind is what the test looks at.
            }
        }
    }

    private async Task Step(Clerk clerk, Random random, System.Collections.Concurrent.ConcurrentBag<string> codes)
    {
        var version = await clerk.Version();
        var some = codes.TryPeek(out var code) ? code : "";
        switch (random.Next(14))
        {
            case 0 or 1 or 2:
                codes.Add((await host.Take(random.Next(2) == 0 ? Group : "estate-batch")).Code);
                break;
            case 3 or 4:
                await clerk.User.Send(new CallNext(version));
                break;
            case 5 or 6:
                await clerk.User.Send(new StartService(version));
                break;
            case 7:
                await clerk.User.Send(new FinishService(version));
                break;
            case 8:
                await clerk.User.Send(new ParkTicket { Version = version, Reason = "去缴费", Minutes = 5 });
                break;
            case 9:
                await clerk.User.Send(new TransferTicket { Version = version, Group = Group });
                break;
            case 10:
                await clerk.User.Send(new PutTicketBack(version));
                break;
            case 11 when some.Length > 0:
                await host.Send(new LeaveQueue(some));
                break;
            case 12:
                await clerk.User.Send(new RaiseAlarm());
                break;
            default:
                await clerk.User.Send(new ResumeWindow(version));
                break;
        }
    }
}
