using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Enterprise;

/// <summary>企业服务 (万人助万企): visits, problems, 首席服务官.</summary>
internal sealed class EnterpriseCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ServedFirms>();
        services.AddScoped<ProblemTable>();
        services.AddScoped<ProblemParts>();
    }
}
