using GaoXin.Portal.Identity;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Identity;

public sealed class TidyIdentityTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    [Fact]
    public async Task What_nobody_needs_any_more_goes_and_what_still_counts_stays()
    {
        var phone = IdentityHost.NewPhone();
        var citizen = await host.NewCitizen(phone);
        await host.InScope(s => s.GetRequiredService<MediatR.IMediator>().Send(new StartSession(citizen.Id, false, null)));
        await host.InScope(s => s.GetRequiredService<DemoSmsGateway>().Send(new SmsMessage(Guid.CreateVersion7(), phone, "演示"), CancellationToken.None));
        await Tidy();
        (await Counts()).ShouldAllBe(c => c > 0);
        host.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await Tidy();
        (await Counts()).Select(c => c > 0).ShouldBe([true, false, false, true]);
        host.Clock.Advance(TimeSpan.FromDays(7));
        await Tidy();
        (await Counts()).ShouldAllBe(c => c == 0);
        (await Tidy()).ShouldBe(0);
    }

    private Task<int[]> Counts() => host.InDatabase(async db => new[]
    {
        await db.Set<Pace>().CountAsync(), await db.SignInCodes.CountAsync(), await db.DemoMessages.CountAsync(), await db.Sessions.CountAsync(),
    });

    private Task<int> Tidy() => host.InScope(s => s.GetServices<IPeriodicTask>().OfType<TidyIdentity>().Single().Run(CancellationToken.None));
}
