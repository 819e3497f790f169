using System.Security.Claims;
using GaoXin.Portal.Identity;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Hosting;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serilog;

namespace GaoXin.Portal.Benchmarks;

/// <summary>
/// The whole program on a real port, with its real middleware, sessions and log, whose lines are written but go nowhere.
/// Only the clock stands still, so that every run sees the same working day.
/// </summary>
internal sealed class BenchmarkHost : PortalWebFactory
{
    private readonly bool _workers;

    private BenchmarkHost(bool workers) => _workers = workers;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => ClientOptions.BaseAddress.Port;

    public CapturedStatements Captured { get; } = new();

    protected override bool DemoMode => true;

    protected override bool BackgroundWorkers => _workers;

    public static async Task<BenchmarkHost> StartAsync(bool workers = false)
    {
        var host = new BenchmarkHost(workers);
        await host.InitializeAsync();
        host.UseKestrel(0);
        host.StartServer();
        return host;
    }

    /// <summary>The session cookie that signing in as this account gives.</summary>
    public Task<string> SessionOf(Guid accountId) => InScope(async services =>
    {
        var users = services.GetRequiredService<UserManager<PortalUser>>();
        var account = await users.FindByIdAsync(accountId.ToString()) ?? throw new InvalidOperationException("There is no such account.");
        ClaimsPrincipal principal = await services.GetRequiredService<IUserClaimsPrincipalFactory<PortalUser>>().CreateAsync(account);
        var session = await services.GetRequiredService<IMediator>().Send(new StartSession(accountId, account.IsStaff, null));
        ((ClaimsIdentity)principal.Identity!).AddClaims(
            [new Claim(PortalClaims.Session, session.Id.ToString()), new Claim(PortalClaims.SessionEnd, session.ExpiresAt.ToString("O"))]);
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = Clock.GetUtcNow();
        var ticket = new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(1) }, IdentityConstants.ApplicationScheme);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}";
    });

    /// <summary>The demo officer of market regulation.</summary>
    public Task<Guid> Officer() => InDatabase(db => db.StaffMembers.Where(s => s.StaffNumber == "D001").Select(s => s.UserId).SingleAsync());

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        // Development shows error pages and looks for changed files; demo mode is not allowed in Production.
        builder.UseEnvironment("Staging");
        builder.UseContentRoot(Path.Combine(Persistence.RepositoryFolder.Find() ?? "", "src", "GaoXin.Portal.Web"));
    }

    protected override void Configure(IServiceCollection services)
    {
        services.RemoveAll<ILoggerFactory>();
        services.AddSerilog(log => log.WithPortalRules().WriteTo.Sink(new SunkLog(Logging.Formatter(readable: false))), preserveStaticLogger: true);
        services.AddSingleton<IStartupFilter, StaticPages>();
        services.ConfigureDbContext<Persistence.PortalDbContext>(options => options.AddInterceptors(Captured));
    }
}
