using GaoXin.Portal.Catalogue.Bundles;
using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Exchange;
using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Catalogue;

internal sealed class CatalogueCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<CatalogueCache>();
        services.AddSingleton<LastIndex>();
        services.AddScoped<ServiceIndexes>();
        services.AddScoped<IWarmUp, SearchWarmUp>();
        services.AddSingleton<SearchTally>();
        services.AddSingleton<HotWords>();
        services.AddScoped<SearchCounts>();
        services.AddScoped<IPeriodicTask, TidySearchCounts>();
        services.AddSingleton<DefinitionsBeside>();
        services.AddScoped<ItemCheck>();
        services.AddScoped<ItemPublisher>();
        services.AddScoped<ItemJournal>();
        services.AddScoped<ImportReading>();
        services.AddScoped<ICommandLineVerb, CatalogueVerb>();
        services.AddScoped<ISeedKind, DictionarySeeds>();
        services.AddScoped<ISeedKind, DepartmentSeeds>();
        services.AddScoped<ISeedKind, ThemeSeeds>();
        services.AddScoped<ISeedKind, DivisionSeeds>();
        services.AddScoped<ISeedKind, LifeEventSeeds>();
        services.AddScoped<ISeedKind, PlaceSeeds>();
        services.AddScoped<ISeedKind, SearchWordSeeds>();
        services.AddScoped<ISeedKind, SearchSoundSeeds>();
        services.AddScoped<ISeedKind, SearchCharacterSeeds>();
        services.AddScoped<ISeedKind, OfficialFigureSeeds>();
        services.AddScoped<ISeedKind, ZoneSeeds>();
        services.AddScoped<ISeedKind, CalendarSeeds>();
        services.AddScoped<ISeedKind, RuleSeeds>();
        services.AddScoped<ISeedKind, ServiceSeeds>();
        services.AddScoped<ISeedKind, BundleSeeds>();
    }
}
