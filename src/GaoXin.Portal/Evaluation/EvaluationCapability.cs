using GaoXin.Portal.Evaluation.Definitions;
using GaoXin.Portal.Evaluation.Figures;
using GaoXin.Portal.Evaluation.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Evaluation;

/// <summary>好差评: what people say about a service, what follows from it, and what is published.</summary>
internal sealed class EvaluationCapability : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<EvaluationRulebooks>();
        services.AddScoped<RatingDoor>();
        services.AddScoped<RectificationJournal>();
        services.AddScoped<Improvements>();
        services.AddScoped<FigureTables>();
        services.AddScoped<FigureTable>();
        services.AddScoped<StaffRectifications>();
        services.AddScoped<RaterNotices>();
        services.AddScoped<IPeriodicTask, WatchEvaluation>();
        services.AddScoped<IBootstrapStep, DemoRatings>();
        services.AddScoped<ISeedKind, EvaluationLimitSeeds>();
    }
}
