using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Evaluation.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Evaluation;

/// <summary>Services that ended. Every test makes its own, with an item of its own where counts matter.</summary>
public sealed class EvaluationHost : PortalHost
{
    public const string Unit = "urban-management";

    internal static TestUser Liaison { get; } = Staff(Roles.UnitLiaison, Unit);

    internal static TestUser Caller { get; } = Staff(Roles.CallBackOfficer, "service-hall");

    internal static TestUser Supervisor { get; } = Staff(Roles.ComplaintSupervisor, "service-hall");

    protected override void Configure(IDictionary<string, string?> settings) => settings["Portal:DemoMode"] = "true";

    internal static TestUser Staff(string role, string unit) => TestUsers.Staff(role) with { DepartmentCode = unit };

    internal async Task<ServiceEvent> Event(Guid? citizen = null, string? item = null, Guid? staff = null, string unit = Unit, int? window = null)
    {
        var made = new ServiceEvent
        {
            Kind = ServiceEventKind.Case,
            RootRef = Guid.CreateVersion7(),
            Stage = "end",
            Number = $"GX-TEST-{Guid.NewGuid():N}"[..20],
            Unit = unit,
            Window = window,
            StaffId = staff,
            Item = item ?? $"item-{Guid.NewGuid():N}",
            ItemTitle = "测试事项",
            Channel = "online",
            EndedAt = Clock.GetUtcNow(),
            Outcome = ServiceOutcome.Approved,
            CitizenId = citizen,
        };
        await Add(made);
        return made;
    }

    /// <summary>A token as the door hands it out.</summary>
    internal Task<string> Token(ServiceEvent about) => InScope(async services =>
    {
        var token = await services.GetRequiredService<RatingDoor>().Rate(about, InvitationDoor.Ticket, CancellationToken.None);
        await services.GetRequiredService<PortalDbContext>().SaveChangesAsync();
        return token;
    }, AnonymousUser.Instance);

    internal static RateService Rating(string token, RatingLevel level, RaterIdentity identity = RaterIdentity.Named, string? phone = "13700001111", string? comment = null) =>
        new() { Token = token, Level = level, Identity = identity, Phone = phone, Comment = comment };

    internal async Task<Rectification> Bad(ServiceEvent about, RaterIdentity identity = RaterIdentity.Named, string? phone = "13700001111", string? comment = null)
    {
        await Send(Rating(await Token(about), RatingLevel.Dissatisfied, identity, phone, comment));
        return await Load(about.Id);
    }

    internal Task<Rectification> Load(Guid eventId) => InDatabase(db => db.Rectifications.AsNoTracking().SingleAsync(r => r.EventId == eventId));

    internal Task<int> Ratings(Guid eventId) => InDatabase(db => db.ServiceRatings.CountAsync(r => r.EventId == eventId));

    internal Task<List<ServiceEvent>> EventsOf(Guid root) => InDatabase(db => db.ServiceEvents.AsNoTracking().Where(e => e.RootRef == root).OrderBy(e => e.Stage).ToListAsync());

    /// <summary>Claimed, called and handed in.</summary>
    internal async Task<Rectification> Fixed(ServiceEvent about)
    {
        var opened = await Bad(about);
        await As(Liaison).Send(new ClaimRectification(opened.Id));
        await As(Caller).Send(new CallRater(opened.Id, true, "说等得太久，没人告诉原因。"));
        await As(Liaison).Send(new SubmitFix(opened.Id, "已在窗口加一个人，高峰时段等候时间写在屏幕上。"));
        return await Load(about.Id);
    }
}
