using System.Reflection;
using FluentValidation;
using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Kernel.Pipeline;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GaoXin.Portal;

/// <summary>The only registration of the core.</summary>
public static class PortalServices
{
    private static readonly Assembly Core = typeof(PortalServices).Assembly;

    /// <summary>Adds the kernel, the database and every capability.</summary>
    public static IServiceCollection AddPortal(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PortalOptions>().Bind(configuration.GetSection(PortalOptions.Section));
        services.AddOptions<PersonalDataOptions>().Bind(configuration.GetSection(PersonalDataOptions.Section));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PersonalDataCipher>();
        services.AddScoped<CurrentUserHolder>();
        services.AddScoped<ICurrentUser>(p => p.GetRequiredService<CurrentUserHolder>());
        services.AddPortalDatabase(configuration.GetConnectionString("Portal"));
        services.AddSingleton<Outbox>();
        AddMediator(services);
        foreach (var handler in EventHandlers.All)
            services.AddScoped(handler);
        foreach (var capability in Core.GetTypes().Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(ICapability))))
            capability.GetMethod(nameof(ICapability.Register), BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [services, configuration]);
        return services;
    }

    /// <summary>Adds the background delivery of events, the periodic tidying and the warm-up. Tests leave it out and drain by hand.</summary>
    public static IServiceCollection AddPortalWorkers(this IServiceCollection services) =>
        services.AddHostedService<WarmUpWorker>().AddHostedService<OutboxWorker>().AddHostedService<PeriodicWorker>().AddHostedService<SearchCountWorker>()
            .AddHostedService<HallListener>();

    /// <summary>MediatR 5.1 by reflection: the registration package of newer versions does not restore everywhere.</summary>
    private static void AddMediator(IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(p => p.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        foreach (var type in Core.GetTypes().Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false }))
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
                services.AddScoped(contract, type);
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(LoggingBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuthorizationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(RepeatBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehavior<,>));
        // A validator compiles its rules when it is made: once a program, unless it asks who is signed in.
        services.AddValidatorsFromAssembly(Core, ServiceLifetime.Singleton, s => !AsksWhoIsSignedIn(s.ValidatorType), includeInternalTypes: true);
        services.AddValidatorsFromAssembly(Core, ServiceLifetime.Scoped, s => AsksWhoIsSignedIn(s.ValidatorType), includeInternalTypes: true);
    }

    private static bool AsksWhoIsSignedIn(Type validator) =>
        validator.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(ICurrentUser)));
}
