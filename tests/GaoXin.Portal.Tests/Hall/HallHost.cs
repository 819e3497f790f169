using System.Globalization;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Hall.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Hall;

/// <summary>A hall. Every test opens windows of its own group, so that lines do not mix.</summary>
public sealed class HallHost : PortalHost
{
    private static int _person;

    internal static string NewIdNumber(int born = 1985)
    {
        var serial = Interlocked.Increment(ref _person);
        var body = string.Create(CultureInfo.InvariantCulture, $"410102{born}{serial / 900 % 12 + 1:00}{serial / 900 / 12 % 28 + 1:00}{serial % 900 + 100:000}");
        return body + ResidentId.CheckCharacter(body);
    }

    internal async Task<TakenTicket> Take(string group, string? idNumber = null, bool needsCare = false) => await Send(new TakeTicket
    {
        Group = group,
        IdNumber = idNumber ?? NewIdNumber(),
        NeedsCare = needsCare,
        PresenceCode = (await Send(new GetPresenceCode())).Code,
    });

    internal async Task<Clerk> Open(int window, params string[] skills)
    {
        var clerk = new Clerk(this, TestUsers.Staff(Roles.WindowClerk));
        await clerk.User.Send(new OpenWindow { Number = window, Skills = skills });
        return clerk;
    }

    /// <summary>A window outside the plan, for any group.</summary>
    internal async Task<Clerk> OpenExtra(int number, params string[] skills)
    {
        var user = TestUsers.Staff(Roles.WindowClerk);
        var window = new HallWindow { Number = number, Zone = "self-service" };
        window.Move(WindowAction.Open, Clock.GetUtcNow());
        window.Staffed(user.Id, skills, Clock.Today());
        await Add(window);
        return new Clerk(this, user);
    }

    internal Task<Ticket> Row(string number)
    {
        var today = Clock.Today();
        return InDatabase(db => db.Tickets.AsNoTracking().SingleAsync(t => t.Number == number && t.Day == today));
    }
}

/// <summary>A clerk at a window, whose page is always fresh.</summary>
internal sealed class Clerk(HallHost host, TestUser user)
{
    public UserSession User { get; } = host.As(user);

    public async Task<WindowView> Window() => (await User.Send(new GetMyWindow())).Window.ShouldNotBeNull();

    public async Task<int> Version() => (await Window()).Version;

    public async Task<CalledTicket?> CallNext() => await User.Send(new CallNext(await Version()));

    public async Task Recall() => await User.Send(new RecallTicket(await Version()));

    public async Task Start() => await User.Send(new StartService(await Version()));

    public async Task Finish() => await User.Send(new FinishService(await Version()));

    public async Task Serve()
    {
        await Start();
        await Finish();
    }
}
