using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Cases.Prefill;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue.Exchange;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Kernel.Files;
using GaoXin.Portal.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Cases;

internal sealed class CasesCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<CaseJournal>();
        services.AddScoped<IMemberCases, MemberCases>();
        services.AddScoped<CaseExceptions>();
        services.AddScoped<CaseClock>();
        services.AddScoped<CaseFiles>();
        services.AddScoped<CaseHandlers>();
        services.AddSingleton<CaseFileQueries>();
        services.AddScoped<IVersionsInUse, VersionsInUse>();
        services.AddScoped<Signing>();
        services.AddScoped<Drafts>();
        services.AddScoped<Submission>();
        services.AddScoped<CaseChecks>();
        services.AddScoped<OpenCorrections>();
        services.AddScoped<CounterHalls>();
        services.AddScoped<CounterCodes>();
        services.AddScoped<CounterTraces>();
        services.AddScoped<CaseDocuments>();
        services.AddScoped<CaseReading>();
        services.AddScoped<OfficerReads>();
        services.AddScoped<HelperAssignment>();
        services.AddScoped<IBootstrapStep, DemoHelpers>();
        services.AddScoped<RuleCheck>();
        services.AddScoped<CasePromises>();
        services.AddScoped<Prefiller>();
        services.AddCaseHandler<GenericCaseHandler>(GenericCaseHandler.HandlerCode);
        services.AddScoped<ICommandLineVerb, VerifyAudit>();
        services.AddScoped<IPeriodicTask, TidyCases>();
        services.AddScoped<IPeriodicTask, WatchPromises>();
        services.AddScoped<IPeriodicTask, TidyCounterCodes>();
        services.AddOptions<ClamAvOptions>().Bind(configuration.GetSection(ClamAvOptions.Section));
        if (string.IsNullOrEmpty(configuration[$"{ClamAvOptions.Section}:{nameof(ClamAvOptions.Host)}"]))
            services.AddSingleton<IFileScanner, PatternScanner>();
        else
            services.AddSingleton<IFileScanner, ClamAvScanner>();
        AddPrefillSources(services, configuration);
    }

    /// <summary>Each configured source over HTTP; in demo mode a stand-in for those that are not.</summary>
    private static void AddPrefillSources(IServiceCollection services, IConfiguration configuration)
    {
        var configured = configuration.GetSection(SharingOptions.Section).Get<SharingOptions>()?.Sources ?? [];
        services.AddHttpClient(HttpPrefillSource.ClientName);
        services.AddSingleton<IPrefillSource, AccountSource>();
        foreach (var (code, source) in configured)
            services.AddSingleton<IPrefillSource>(p => ActivatorUtilities.CreateInstance<HttpPrefillSource>(p, code, source));
        if (configuration.UsesDemoSource(DemoPersonRegister.SourceCode))
            services.AddSingleton<IPrefillSource, DemoPersonRegister>();
    }
}
