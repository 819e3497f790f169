using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences.Sealing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Licences;

/// <summary>Settings of licences, section <c>Licences</c>.</summary>
internal sealed class LicencesOptions
{
    public const string Section = "Licences";

    /// <summary>Credit code of the issuing authority inside the identifier. The default is a demo value.</summary>
    public string IssuerCode { get; set; } = "12410100000000123X";

    /// <summary>Type codes (证照类型代码) by kind, 21 characters: the defining authority's credit code and three digits.</summary>
    public Dictionary<string, string> TypeCodes { get; set; } = new() { ["business-licence"] = "11100000MB0143028R001" };

    /// <summary>The type code of kinds that are not listed.</summary>
    public string OtherTypeCode { get; set; } = "11100000000013127D001";

    /// <summary>The sealing certificate. Required outside demo mode.</summary>
    public CertificateOptions Certificate { get; set; } = new();

    public sealed class CertificateOptions
    {
        /// <summary>Path of a PFX (PKCS#12) file with the private key.</summary>
        public string? Path { get; set; }

        /// <summary>Its password, from a secret store.</summary>
        public string? Password { get; set; }
    }
}

internal sealed class LicencesCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LicencesOptions>().Bind(configuration.GetSection(LicencesOptions.Section));
        services.AddSingleton<SealRegister>();
        services.AddSingleton<DemoSealKeys>();
        services.AddSingleton<CertificateFileSealKeys>();
        services.AddSingleton<ISealKeys>(p => p.GetRequiredService<IOptions<LicencesOptions>>().Value.Certificate.Path is null
            ? p.GetRequiredService<DemoSealKeys>()
            : p.GetRequiredService<CertificateFileSealKeys>());
        services.AddScoped<LicenceInspection>();
        services.AddScoped<IBootstrapStep, SealBootstrap>();
        services.AddScoped<IWarmUp, LicenceWarmUp>();
    }
}
