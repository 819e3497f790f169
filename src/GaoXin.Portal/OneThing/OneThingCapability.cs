using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.OneThing.Connectors;
using GaoXin.Portal.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.OneThing;

/// <summary>一件事: services of several departments filed as one, and the outside parties that decide some of them.</summary>
internal sealed class OneThingCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddCaseHandler<OneThingHandler>(ServiceDefinition.OneThing);
        services.AddScoped<IPeriodicTask, WatchBundles>();
        ConnectorServices.Add(services, configuration);
    }
}
