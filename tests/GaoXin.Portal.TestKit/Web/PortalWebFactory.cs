using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GaoXin.Portal.TestKit;

/// <summary>
/// The whole program in memory over a database of its own. Use it as a class fixture. Background workers are off:
/// drain the outbox by hand. The clock is fake, except for a host that real browsers visit.
/// </summary>
public class PortalWebFactory : WebApplicationFactory<Program>, IAsyncLifetime
{
    private PortalDatabase? _database;

    /// <summary>The clock, at <see cref="TestSettings.Now"/> to begin with.</summary>
    public FakeTimeProvider Clock { get; } = new(TestSettings.Now);

    /// <summary>What was logged.</summary>
    public TestLog Log { get; } = new();

    /// <summary>The SQL statements that were sent.</summary>
    public StatementCounter Statements { get; } = new();

    /// <summary>The database.</summary>
    public PortalDatabase Database => _database ?? throw new InvalidOperationException("The factory has not started yet.");

    /// <summary>Demo accounts, demo data and simulators; runs all bootstrap steps at the start.</summary>
    protected virtual bool DemoMode => false;

    /// <summary>Development asks least; Staging behaves as Production does, demo data allowed.</summary>
    protected virtual string EnvironmentName => Environments.Development;

    /// <summary>Delivers events in the background, as in production.</summary>
    protected virtual bool BackgroundWorkers => false;

    /// <summary>Cookies in a real browser expire by the real clock.</summary>
    protected virtual bool RealClock => false;

    /// <summary>A derived factory adds settings here.</summary>
    protected virtual void Configure(IDictionary<string, string?> settings)
    {
    }

    /// <summary>A derived factory replaces outside systems here.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>A browser-like client without JavaScript, signed in as this user, or as nobody.</summary>
    public PageClient Browse(ICurrentUser? user = null, string userAgent = "") =>
        new(Server.CreateHandler(), new Uri("https://localhost"), RealClock ? TimeProvider.System : Clock, user, userAgent);

    /// <summary>Sends a request past the pages, for arranging and looking.</summary>
    public Task<T> Send<T>(IRequest<T> request, ICurrentUser? user = null) =>
        InScope(services => services.GetRequiredService<IMediator>().Send(request), user);

    /// <summary>Works with the services of one scope, as the system user unless another is named.</summary>
    public async Task<T> InScope<T>(Func<IServiceProvider, Task<T>> work, ICurrentUser? user = null)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.ActAs(user ?? SystemUser.Instance);
        return await work(scope.ServiceProvider);
    }

    /// <summary>The demo citizen with this number in <see cref="DemoPeople"/>, where demo mode opened the accounts.</summary>
    internal Task<TestUser> DemoCitizen(int person) => InScope(async services =>
        TestUsers.Citizen((await services.GetRequiredService<IPeople>().FindAccountByPhone(DemoPeople.Citizens[person].Phone, CancellationToken.None))!.Value));

    /// <summary>Works with a context of its own: arrange and look, never what is tested.</summary>
    internal Task<T> InDatabase<T>(Func<PortalDbContext, Task<T>> work) => InScope(services => work(services.GetRequiredService<PortalDbContext>()));

    /// <summary>Delivers all due events; the answer is their number. Fails when a handler failed.</summary>
    public async Task<int> DrainOutbox()
    {
        var before = Log.Count;
        var delivered = await Services.GetRequiredService<Outbox>().DrainAsync(CancellationToken.None);
        if (Log.Entries.Skip(before).FirstOrDefault(e => e.Level >= LogLevel.Error && e.Exception is not null) is { } failure)
            throw new InvalidOperationException($"An event handler failed: {failure.Message}", failure.Exception);
        return delivered;
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _database = await PortalDatabase.CreateAsync();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        _database = null;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        var settings = TestSettings.For(Database.ConnectionString);
        settings["Portal:DemoMode"] = DemoMode ? "true" : "false";
        settings["Portal:Bootstrap"] = DemoMode ? "true" : "false";
        settings["Portal:Workers"] = BackgroundWorkers ? "true" : "false";
        Configure(settings);
        builder.UseEnvironment(EnvironmentName);
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            if (!RealClock)
                services.AddSingleton<TimeProvider>(Clock);
            services.RemoveAll<ILoggerFactory>();
            services.AddSingleton<ILoggerFactory>(provider => new LoggerFactory([Log], provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>()));
            services.AddSingleton<IStartupFilter, TestSignIn>();
            services.ConfigureDbContext<PortalDbContext>(options => options.AddInterceptors(Statements));
            Configure(services);
        });
    }
}
