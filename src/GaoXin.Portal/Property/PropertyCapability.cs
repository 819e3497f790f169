using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Prefill;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Property;

/// <summary>Real-estate registration (不动产登记): what its forms mean, the register behind them, and the signing in the hall.</summary>
internal sealed class PropertyCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PropertyOptions>().Bind(configuration.GetSection(PropertyOptions.Section));
        services.AddSingleton<DemoUnits>();
        services.AddScoped<PropertyChecks>();
        services.AddSingleton<LookUpJournal>();
        services.AddCaseHandler<PropertyCaseHandler>(PropertyCaseHandler.HandlerCode);
        services.AddSingleton<IKnownFacts, PropertyFacts>();
        var options = configuration.GetSection(PropertyOptions.Section).Get<PropertyOptions>() ?? new();
        if (options.Register is { } address)
        {
            services.AddHttpClient<IPropertyRegister, HttpPropertyRegister>(http =>
            {
                http.BaseAddress = address;
                http.Timeout = options.Timeout;
            });
        }
        else if (configuration.GetValue<bool>($"{PortalOptions.Section}:{nameof(PortalOptions.DemoMode)}"))
        {
            services.AddSingleton<IPropertyRegister, DemoPropertyRegister>();
        }
        else
        {
            services.AddSingleton<IPropertyRegister, SilentRegister>();
        }

        if (configuration.UsesDemoSource(DemoUnitSource.SourceCode))
            services.AddSingleton<IPrefillSource, DemoUnitSource>();
    }
}

/// <summary>Settings, section <c>Portal:Property</c>.</summary>
internal sealed class PropertyOptions
{
    public const string Section = "Portal:Property";

    /// <summary>Address of the register (不动产登记簿). Empty: the demo register in demo mode, else nothing can be looked up.</summary>
    public Uri? Register { get; set; }

    /// <summary>Key of the request signature (HMAC-SHA256), base64.</summary>
    public string SigningKey { get; set; } = "";

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The place in certificate numbers: 豫(2026)郑州市不动产权第0000001号.</summary>
    public string PlaceName { get; set; } = "郑州市";

    /// <summary>How often one person may look units up in a day.</summary>
    public int LookUpsPerDay { get; set; } = 10;
}
