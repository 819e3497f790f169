using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Prefill;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence.Seeds;
using GaoXin.Portal.Registration.Procedures;
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
        services.AddCaseHandler<CompanySetupHandler>(CompanySetupHandler.HandlerCode);
        services.AddCaseHandler<IndividualBusinessSetupHandler>(IndividualBusinessSetupHandler.HandlerCode);
        services.AddSingleton<IKnownFacts, CompanySetupFacts>();
        services.AddSingleton<IKnownFacts, IndividualBusinessSetupFacts>();
        services.AddScoped<IBootstrapStep, DemoRegister>();
        AddProcedures(services, configuration);
        if (configuration.UsesDemoSource(DemoRealEstateRegister.SourceCode))
            services.AddSingleton<IPrefillSource, DemoRealEstateRegister>();
        foreach (var (code, title) in DemoSharedRegister.Titles.Where(t => configuration.UsesDemoSource(t.Key)))
            services.AddSingleton<IPrefillSource>(p => ActivatorUtilities.CreateInstance<DemoSharedRegister>(p, code, title));
        AddRestrictions(services, configuration.GetSection(PersonRestrictionsOptions.Section).Get<PersonRestrictionsOptions>() ?? new());
    }

    private static void AddProcedures(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<EntityRegister>();
        services.AddScoped<ProcedureDesk>();
        services.AddScoped<LicenceOffice>();
        services.AddScoped<CompanyChangeChecks>();
        services.AddCaseHandler<CompanyChangeHandler>(CompanyChangeHandler.HandlerCode);
        services.AddCaseHandler<OtherPremisesHandler>(OtherPremisesHandler.HandlerCode);
        services.AddCaseHandler<SuspensionHandler>(SuspensionHandler.HandlerCode);
        services.AddCaseHandler<SimpleDeregistrationHandler>(SimpleDeregistrationHandler.HandlerCode);
        services.AddCaseHandler<DeregistrationHandler>(DeregistrationHandler.HandlerCode);
        services.AddScoped<BusinessChangeChecks>();
        services.AddCaseHandler<ConversionHandler>(ConversionHandler.HandlerCode);
        services.AddCaseHandler<BusinessChangeHandler>(BusinessChangeHandler.HandlerCode);
        services.AddCaseHandler<BusinessDeregistrationHandler>(BusinessDeregistrationHandler.HandlerCode);
        services.AddSingleton<IKnownFacts, ConversionFacts>();
        services.AddSingleton<IKnownFacts, BusinessChangeFacts>();
        services.AddSingleton<IKnownFacts, BusinessDeregistrationFacts>();
        services.AddSingleton<IKnownFacts, CompanyChangeFacts>();
        services.AddSingleton<IKnownFacts, OtherPremisesFacts>();
        services.AddSingleton<IKnownFacts, SuspensionFacts>();
        services.AddSingleton<IKnownFacts, SimpleDeregistrationFacts>();
        services.AddSingleton<IKnownFacts, DeregistrationFacts>();
        services.AddSingleton<IPrefillSource, EntityRegisterSource>();
        var marks = configuration.GetSection(EntityMarksOptions.Section).Get<EntityMarksOptions>() ?? new();
        if (marks.Address is null)
            services.AddScoped<IEntityMarks, LocalEntityMarks>();
        else
            services.AddHttpClient<IEntityMarks, HttpEntityMarks>(http => (http.BaseAddress, http.Timeout) = (marks.Address, marks.Timeout));
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
