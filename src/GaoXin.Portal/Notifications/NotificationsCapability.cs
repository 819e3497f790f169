using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Notifications;

internal sealed class NotificationsCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<NoticeTemplates>();
        services.AddSingleton<UnreadCounts>();
        services.AddScoped<INotices, Notices>();
    }
}
