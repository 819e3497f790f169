using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GaoXin.Portal.TestKit;

/// <summary>
/// The whole core over a database of its own, with a fake clock and without background workers. Use it as a class
/// fixture; derive from it to replace outside systems. The tests of a class share it: give each its own data.
/// </summary>
public class PortalHost : IAsyncLifetime
{
    private IHost? _host;
    private PortalDatabase? _database;

    /// <summary>The clock of the host, at <see cref="TestSettings.Now"/> to begin with.</summary>
    public FakeTimeProvider Clock { get; } = new(TestSettings.Now);

    /// <summary>What was logged.</summary>
    public TestLog Log { get; } = new();

    /// <summary>The SQL statements that were sent.</summary>
    public StatementCounter Statements { get; } = new();

    /// <summary>The root container.</summary>
    public IServiceProvider Services => _host?.Services ?? throw new InvalidOperationException("The host has not started yet.");

    /// <summary>The database.</summary>
    public PortalDatabase Database => _database ?? throw new InvalidOperationException("The host has not started yet.");

    /// <summary>A derived host adds settings here.</summary>
    protected virtual void Configure(IDictionary<string, string?> settings)
    {
    }

    /// <summary>A derived host replaces outside systems here; it runs after the core's registration.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>Sends a request as nobody.</summary>
    public Task<T> Send<T>(IRequest<T> request, CancellationToken ct = default) => As(AnonymousUser.Instance).Send(request, ct);

    /// <summary>Everything sent through the answer is sent by this user, each request in a scope of its own.</summary>
    public UserSession As(ICurrentUser user) => new(this, user);

    /// <summary>Works with the services of one scope, as the system user unless another is named.</summary>
    public async Task<T> InScope<T>(Func<IServiceProvider, Task<T>> work, ICurrentUser? user = null)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.ActAs(user ?? SystemUser.Instance);
        return await work(scope.ServiceProvider);
    }

    /// <summary>Works with the services of one scope.</summary>
    public Task InScope(Func<IServiceProvider, Task> work, ICurrentUser? user = null) =>
        InScope(async services =>
        {
            await work(services);
            return true;
        }, user);

    /// <summary>Works with a context of its own: arrange and look, never what is tested.</summary>
    internal Task<T> InDatabase<T>(Func<PortalDbContext, Task<T>> work) => InScope(services => work(services.GetRequiredService<PortalDbContext>()));

    /// <summary>EXPLAIN of a query, a line a node.</summary>
    internal Task<string> PlanOf(Func<PortalDbContext, IQueryable> query) => InDatabase(async db =>
    {
        await using var command = query(db).CreateDbCommand();
        command.CommandText = $"EXPLAIN {command.CommandText}";
        await db.Database.OpenConnectionAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    });

    /// <summary>Adds entities and saves them.</summary>
    internal Task Add(params object[] entities) => InDatabase(async db =>
    {
        db.AddRange(entities);
        return await db.SaveChangesAsync();
    });

    /// <summary>Delivers all due events; the answer is their number. Fails when a handler failed, unless failures are wanted.</summary>
    public async Task<int> DrainOutbox(bool failuresAreWanted = false)
    {
        var before = Log.Count;
        var delivered = await Services.GetRequiredService<Outbox>().DrainAsync(CancellationToken.None);
        if (!failuresAreWanted && Log.Entries.Skip(before).FirstOrDefault(e => e.Level >= LogLevel.Error && e.Exception is not null) is { } failure)
            throw new InvalidOperationException($"An event handler failed: {failure.Message}", failure.Exception);
        return delivered;
    }

    /// <summary>Throws the program away as it stands and starts a new one over the same database: nothing in memory is left.</summary>
    public async Task Restart()
    {
        if (_host is IAsyncDisposable old)
            await old.DisposeAsync();
        Start();
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _database = await PortalDatabase.CreateAsync();
        Start();
    }

    private void Start()
    {
        var settings = TestSettings.For(Database.ConnectionString);
        Configure(settings);
        _host = Build(settings, services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton<ILoggerProvider>(Log);
            services.ConfigureDbContext<PortalDbContext>(options => options.AddInterceptors(Statements));
            Configure(services);
        });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    internal static IHost Build(Dictionary<string, string?> settings, Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning));
        builder.Services.AddPortal(builder.Configuration);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(TestSettings.Now));
        configure(builder.Services);
        return builder.Build();
    }
}

/// <summary>A user at work on a host.</summary>
public sealed class UserSession(PortalHost host, ICurrentUser user)
{
    /// <summary>Who it is.</summary>
    public ICurrentUser User => user;

    /// <summary>Sends a request in a scope of its own, through the whole pipeline.</summary>
    public Task<T> Send<T>(IRequest<T> request, CancellationToken ct = default) =>
        host.InScope(services => services.GetRequiredService<IMediator>().Send(request, ct), user);
}
