using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Appointments;

internal sealed class AppointmentsCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ISeedKind, HoursSeeds>();
        services.AddScoped<ISeedKind, GroupSeeds>();
        services.AddScoped<ISeedKind, BookingRuleSeeds>();
        services.AddSingleton<BookingPlans>();
        services.AddSingleton<VisitorCards>();
        services.AddSingleton<FreeSeats>();
        services.AddScoped<Seating>();
        services.AddScoped<BookedMatters>();
        services.AddScoped<DrawEntrance>();
        services.AddScoped<DrawResults>();
        services.AddScoped<MovedByHall>();
        services.AddScoped<WithdrawalPreview>();
        services.AddScoped<HoursChanges>();
        services.AddScoped<IAppointmentDesk, AppointmentDesk>();
        services.AddScoped<DrawDesk>();
        services.AddScoped<IDrawDesk>(p => p.GetRequiredService<DrawDesk>());
        services.AddScoped<ICommandLineVerb, DrawVerb>();
        services.AddScoped<IBootstrapStep, OpenSlotsStep>();
        services.AddScoped<IPeriodicTask, TidyAppointments>();
    }
}
