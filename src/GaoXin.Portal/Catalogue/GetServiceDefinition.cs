using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue;

/// <summary>The version of a service in force today (perhaps a cancelled one), or the named <see cref="Version"/>. Null when there is none.</summary>
[ForAnyone]
public sealed record GetServiceDefinition(string Code, int? Version = null) : IQuery<ServiceDefinition?>;

/// <summary>The rule set in force on a day. Null when there is none.</summary>
[ForAnyone]
public sealed record GetRuleSet(string Code, DateOnly On) : IQuery<RuleSet?>;

/// <summary>The legal working-day calendar as loaded. Cached; a new version follows an import.</summary>
[ForAnyone]
public sealed record GetWorkingCalendar : IQuery<WorkingCalendar>;

internal sealed class GetServiceDefinitionHandler(PortalDbContext db, CatalogueCache cache, TimeProvider clock)
    : IRequestHandler<GetServiceDefinition, ServiceDefinition?>
{
    public async Task<ServiceDefinition?> Handle(GetServiceDefinition request, CancellationToken ct)
    {
        if (request.Version is { } version)
            return await Load(request.Code, version, ct);
        var today = clock.Today();
        return await cache.Current(("service", request.Code), async () =>
        {
            var current = await db.ServicesInForce(today).Where(v => v.Code == request.Code).Select(v => (int?)v.Version).SingleOrDefaultAsync(ct);
            return current is null ? null : await Load(request.Code, current.Value, ct);
        });
    }

    private Task<ServiceDefinition?> Load(string code, int version, CancellationToken ct) => cache.Version(("service", code, version), async () =>
    {
        var stored = await db.ServiceVersions.Where(v => v.Code == code && v.Version == version)
            .Select(v => new { v.Content, v.Hash }).SingleOrDefaultAsync(ct);
        return stored is null ? null : ServiceReader.FromStored(stored.Content, stored.Hash);
    });
}

internal sealed class GetRuleSetHandler(PortalDbContext db, CatalogueCache cache) : IRequestHandler<GetRuleSet, RuleSet?>
{
    public Task<RuleSet?> Handle(GetRuleSet request, CancellationToken ct) => cache.Current(("rules", request.Code, request.On), async () =>
    {
        var stored = await db.RuleSetVersions.Where(v => v.Code == request.Code && v.EffectiveFrom <= request.On)
            .OrderByDescending(v => v.Version).Select(v => new { v.Content, v.Hash }).FirstOrDefaultAsync(ct);
        return stored is null ? null : RuleSeeds.Read(SeedNode.FromJson(stored.Content), stored.Hash, new SeedFaults());
    });
}

internal sealed class GetWorkingCalendarHandler(PortalDbContext db, CatalogueCache cache) : IRequestHandler<GetWorkingCalendar, WorkingCalendar>
{
    public async Task<WorkingCalendar> Handle(GetWorkingCalendar request, CancellationToken ct) =>
        (await cache.Current<WorkingCalendar>("calendar", async () => Build(await db.ReferenceLists.AsNoTracking()
            .Where(l => l.Name.StartsWith(CalendarSeeds.Prefix)).OrderBy(l => l.Name).ToListAsync(ct))))!;

    private static WorkingCalendar Build(List<ReferenceList> lists)
    {
        var years = lists.Select(l => SeedNode.FromJson(l.Content)).ToList();
        var days = years.SelectMany(CalendarSeeds.Days).ToLookup(d => d.Works, d => DateOnly.Parse(d.Node.Text!, System.Globalization.CultureInfo.InvariantCulture));
        var version = SeedNode.HashOf(string.Concat(lists.Select(l => l.Hash)))[..12];
        return new WorkingCalendar(version, days[false], days[true], years.Select(y => y.NumberOf("year") ?? 0));
    }
}
