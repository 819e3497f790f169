using GaoXin.Portal.Complaints.Definitions;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Complaints;

/// <summary>诉求: one work-order system for every channel.</summary>
internal sealed class ComplaintsCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<Rulebooks>();
        services.AddScoped<ComplaintJournal>();
        services.AddScoped<ComplaintPasses>();
        services.AddScoped<OwnComplaints>();
        services.AddScoped<ComplaintProofs>();
        services.AddScoped<ComplaintIntake>();
        services.AddScoped<Reporters>();
        services.AddScoped<Router>();
        services.AddScoped<Supervising>();
        services.AddScoped<StaffComplaints>();
        services.AddScoped<ReplyCheck>();
        services.AddScoped<RateTable>();
        services.AddScoped<SupervisedComplaints>();
        services.AddScoped<TopicTable>();
        services.AddScoped<TopicRows>();
        services.AddScoped<OpenReports>();
        services.AddScoped<ExternalOrders>();
        services.AddOptions<ExternalOrderOptions>().Bind(configuration.GetSection(ExternalOrderOptions.Section));
        services.AddScoped<IPeriodicTask, WatchComplaints>();
        services.AddScoped<ISeedKind, TopicSeeds>();
        services.AddScoped<ISeedKind, LimitSeeds>();
        services.AddScoped<ISeedKind, RoutingSeeds>();
    }
}
