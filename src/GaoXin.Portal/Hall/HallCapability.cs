using GaoXin.Portal.Hall.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Hall;

internal sealed class HallCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<HallState>();
        services.AddSingleton<HallFeed>();
        services.AddSingleton<PresenceCodes>();
        services.AddScoped<HallJournal>();
        services.AddScoped<TicketOffice>();
        services.AddScoped<ClerkDesk>();
    }
}
