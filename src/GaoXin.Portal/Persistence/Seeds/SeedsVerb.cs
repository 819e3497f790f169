using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GaoXin.Portal.Persistence.Seeds;

/// <summary><c>-- seeds check</c> and <c>-- seeds load</c>: prints file, line and fix for every fault.</summary>
internal sealed class SeedsVerb(IServiceScopeFactory scopes) : ICommandLineVerb
{
    public string Name => "seeds";

    public IReadOnlyList<string> Usage =>
    [
        "seeds check    checks all definitions, without a database",
        "seeds load     checks and loads all definitions",
    ];

    public bool NeedsDatabase(string[] arguments) => arguments is ["load"];

    public async Task<int> Run(string[] arguments, TextWriter output, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (arguments is ["check"])
            return await Check(scope.ServiceProvider, output, ct);
        if (arguments is ["load"])
            return await Load(scope.ServiceProvider, output, ct);
        foreach (var line in Usage)
            await output.WriteLineAsync(line);
        return 2;
    }

    private static async Task<int> Check(IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var faults = new SeedFaults();
        await services.GetRequiredService<SeedReader>().Read(faults, ct);
        return await Report(faults.All, "All definitions are in order.", output);
    }

    private static async Task<int> Load(IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        try
        {
            var changed = await services.GetRequiredService<SeedLoader>().Load(ct);
            return await Report([], $"Loaded: {changed} rows changed.", output);
        }
        catch (SeedFaultsException refused)
        {
            return await Report(refused.Faults, "", output);
        }
    }

    private static async Task<int> Report(IReadOnlyList<SeedFault> faults, string success, TextWriter output)
    {
        foreach (var fault in faults)
            await output.WriteLineAsync(fault.ToString());
        await output.WriteLineAsync(faults.Count == 0 ? success : $"{(faults.Count == 1 ? "1 fault" : $"{faults.Count} faults")}. Nothing was loaded.");
        return faults.Count == 0 ? 0 : 1;
    }
}

/// <summary>Loads the definitions before the first request.</summary>
internal sealed class LoadSeedsStep(SeedLoader loader) : IBootstrapStep
{
    public int Order => 10;

    public Task Run(CancellationToken ct) => loader.Load(ct);
}

internal sealed class SeedServices : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SeedChanges>();
        services.AddSingleton(typeof(SeedCache<>));
        services.AddScoped<SeedReader>();
        services.AddScoped<SeedLoader>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IBootstrapStep, LoadSeedsStep>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ICommandLineVerb, SeedsVerb>());
    }
}
