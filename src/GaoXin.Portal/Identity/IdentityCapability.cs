using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>Accounts, sign-in, real names, enterprises and the record of who read personal data.</summary>
internal sealed class IdentityCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<PortalUser>()
            .AddEntityFrameworkStores<PortalDbContext>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<PortalClaimsFactory>();
        services.Configure<SecurityStampValidatorOptions>(o =>
        {
            o.ValidationInterval = TimeSpan.FromMinutes(1);
            o.OnRefreshingPrincipal = context =>
            {
                PortalSession.Carry(context.CurrentPrincipal, context.NewPrincipal!);
                return Task.CompletedTask;
            };
        });
        services.AddOptions<SecurityStampValidatorOptions>().Configure<TimeProvider>((stamps, clock) => stamps.TimeProvider = clock);
        services.AddPasskeys();
        services.AddOptions<IdentityLimits>().Bind(configuration.GetSection(IdentityLimits.Section));
        services.AddScoped(p => p.GetRequiredService<IOptions<IdentityLimits>>().Value);
        services.AddScoped<ClientAddress>();
        services.AddScoped<Pacing>();
        services.AddScoped<IGuessing, Guessing>();
        services.AddScoped<StaffTries>();
        services.AddScoped<StaffAccounts>();
        services.AddScoped<IPeople, People>();
        services.AddScoped<ICommandLineVerb, AccountsVerb>();
        services.AddScoped<IPortalSession, PortalSession>();
        services.AddOptions<SessionOptions>().Bind(configuration.GetSection(SessionOptions.Section));
        services.AddSingleton<SessionCache>();
        services.AddScoped<OpenSessions>();
        services.AddScoped<KnownDevice>();
        services.AddScoped<IPeriodicTask, TidyIdentity>();
        services.AddScoped<IBootstrapStep, DemoAccounts>();
        services.AddSingleton<IDemoAccountList, DemoAccountList>();
        AddOutsideSystems(services, configuration);
    }

    /// <summary>A configured endpoint wins; else demo mode simulates and anything else fails loudly at the first use.</summary>
    private static void AddOutsideSystems(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SmsOptions>().Bind(configuration.GetSection(SmsOptions.Section));
        services.AddOptions<RealNameOptions>().Bind(configuration.GetSection(RealNameOptions.Section));
        services.AddHttpClient<HttpSmsGateway>().AddStandardResilienceHandler();
        services.AddHttpClient<HttpRealNameRegistry>().AddStandardResilienceHandler();
        services.AddScoped<DemoSmsGateway>();
        services.AddScoped<DemoRealNameRegistry>();
        services.AddScoped<ISmsGateway>(p => Simulates(p, p.GetRequiredService<IOptions<SmsOptions>>().Value.Endpoint)
            ? p.GetRequiredService<DemoSmsGateway>()
            : p.GetRequiredService<HttpSmsGateway>());
        services.AddScoped<IRealNameRegistry>(p => Simulates(p, p.GetRequiredService<IOptions<RealNameOptions>>().Value.Endpoint)
            ? p.GetRequiredService<DemoRealNameRegistry>()
            : p.GetRequiredService<HttpRealNameRegistry>());
    }

    private static bool Simulates(IServiceProvider services, Uri? endpoint) =>
        endpoint is null && services.GetRequiredService<IOptions<PortalOptions>>().Value.DemoMode;
}
