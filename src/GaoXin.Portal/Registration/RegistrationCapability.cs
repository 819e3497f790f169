using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Prefill;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Registration;

/// <summary>Company and individual-business registration (市场主体登记).</summary>
internal sealed class RegistrationCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RegistrationOptions>().Bind(configuration.GetSection(RegistrationOptions.Section));
        services.AddOptions<PersonRestrictionsOptions>().Bind(configuration.GetSection(PersonRestrictionsOptions.Section));
        services.AddSingleton<ReferenceFiles>();
        services.AddScoped<NameRegister>();
        services.AddScoped<SetupFacts>();
        services.AddScoped<SetupDesk>();
        services.AddScoped<SetupResult>();
        services.AddScoped<Registrar>();
        services.AddSingleton<CompanyArticles>();
        services.AddScoped<ISeedKind, DocumentTemplateSeeds>();
        services.AddScoped<CompanySetupValidator>();
        services.AddScoped<IndividualBusinessSetupValidator>();
        services.AddScoped<ICaseHandler, CompanySetupHandler>();
        services.AddScoped<ICaseHandler, IndividualBusinessSetupHandler>();
        services.AddSingleton<IKnownFacts, CompanySetupFacts>();
        services.AddSingleton<IKnownFacts, IndividualBusinessSetupFacts>();
        services.AddScoped<IBootstrapStep, DemoRegister>();
        if (configuration.UsesDemoSource(DemoRealEstateRegister.SourceCode))
            services.AddSingleton<IPrefillSource, DemoRealEstateRegister>();
        foreach (var (code, title) in DemoSharedRegister.Titles.Where(t => configuration.UsesDemoSource(t.Key)))
            services.AddSingleton<IPrefillSource>(p => ActivatorUtilities.CreateInstance<DemoSharedRegister>(p, code, title));
        AddRestrictions(services, configuration.GetSection(PersonRestrictionsOptions.Section).Get<PersonRestrictionsOptions>() ?? new());
    }

    private static void AddRestrictions(IServiceCollection services, PersonRestrictionsOptions options)
    {
        if (options.Address is null)
        {
            services.AddScoped<IPersonRestrictions, LocalPersonRestrictions>();
            return;
        }

        services.AddHttpClient<IPersonRestrictions, HttpPersonRestrictions>(http =>
        {
            http.BaseAddress = options.Address;
            http.Timeout = options.Timeout;
        });
    }
}
