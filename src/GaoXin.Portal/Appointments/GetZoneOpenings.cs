using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>Which zones of the hall are open now (开放时间 without 停办), and when the others open next; by the code of the zone.</summary>
[ForAnyone]
public sealed record GetZoneOpenings : IQuery<IReadOnlyDictionary<string, ZoneOpening>>;

/// <summary>Whether a zone is open.</summary>
/// <param name="IsOpen">Open now.</param>
/// <param name="OpensAt">When it opens next; null while it is open, and when it does not within a month.</param>
public sealed record ZoneOpening(bool IsOpen, DateTimeOffset? OpensAt);

internal sealed class GetZoneOpeningsHandler(PortalDbContext db, BookingPlans plans, IMediator mediator, TimeProvider clock) : IRequestHandler<GetZoneOpenings, IReadOnlyDictionary<string, ZoneOpening>>
{
    public async Task<IReadOnlyDictionary<string, ZoneOpening>> Handle(GetZoneOpenings request, CancellationToken ct)
    {
        var (now, hall, calendar) = (clock.GetUtcNow(), await mediator.Send(new GetZones(), ct), await mediator.Send(new GetWorkingCalendar(), ct));
        var schedules = await db.ZoneSchedules(await plans.Current(db, ct), ct);
        var closures = (await db.ComingClosures(now, ct)).ToLookup(c => c.Zone);
        return hall.Zones.ToDictionary(z => z.Code, z => Of(OpenTimes.At(schedules.Of(z.Code), calendar, [.. closures[z.Code]], now)));
    }

    private static ZoneOpening Of((bool IsOpen, DateTimeOffset? Next) at) => new(at.IsOpen, at.Next);
}
