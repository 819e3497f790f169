using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Draws;

/// <summary>The latest draws, closed or held, with what was published of each.</summary>
[ForAnyone]
public sealed record GetDraws : IQuery<IReadOnlyList<DrawSummary>>;

/// <summary>A draw.</summary>
public sealed record DrawSummary(Guid ReleaseId, string Title, DateOnly FromDay, DateOnly ToDay, int Applications, int? Winners, string Commitment, string ListHash, DateTimeOffset ClosedAt, string? PublicValue, DateTimeOffset? HeldAt);

/// <summary>The proof of a held draw, a text for <c>draw verify</c>. Not found before.</summary>
[ForAnyone]
public sealed record GetDrawProof(Guid ReleaseId) : IQuery<string>;

/// <summary>What can be applied for: the times of a draw that takes applications.</summary>
[ForCitizens]
public sealed record GetDrawOffer(string Service, Guid ReleaseId) : IQuery<DrawOffer>;

/// <summary>A draw to take part in.</summary>
public sealed record DrawOffer(BookingSubject Subject, DateOnly FromDay, DateOnly ToDay, DateTimeOffset ClosesAt, int Preferences, string Source, IReadOnlyList<BookingSlot> Slots);

/// <summary>My applications, the latest first, at most twenty.</summary>
[ForCitizens]
public sealed record GetMyDraws : IQuery<IReadOnlyList<MyDraw>>;

/// <summary>One of my applications.</summary>
public sealed record MyDraw(Guid Id, string Title, DateOnly FromDay, DateOnly ToDay, DateTimeOffset? ClosesAt, DrawState State, int Weight, int? Rank, Guid? AppointmentId, Guid ReleaseId, bool Held);

internal sealed class GetDrawsHandler(PortalDbContext db, BookingPlans plans) : IRequestHandler<GetDraws, IReadOnlyList<DrawSummary>>
{
    private const int Most = 20;

    public async Task<IReadOnlyList<DrawSummary>> Handle(GetDraws request, CancellationToken ct)
    {
        var plan = await plans.Current(db, ct);
        var rows = await db.Draws.AsNoTracking().OrderByDescending(d => d.ClosedAt).Take(Most)
            .Join(db.Set<Release>(), d => d.ReleaseId, r => r.Id, (d, r) => new { d.ReleaseId, d.ServiceGroup, r.FromDay, r.ToDay, d.Applications, d.Winners, d.Commitment, d.ListHash, d.ClosedAt, d.PublicValue, d.HeldAt })
            .OrderByDescending(d => d.ClosedAt).ToListAsync(ct);
        return [.. rows.Select(r => new DrawSummary(r.ReleaseId, plan.Group(r.ServiceGroup)?.Title ?? r.ServiceGroup, r.FromDay, r.ToDay, r.Applications, r.Winners, r.Commitment, r.ListHash, r.ClosedAt, r.PublicValue, r.HeldAt))];
    }
}

internal sealed class GetDrawProofHandler(PortalDbContext db) : IRequestHandler<GetDrawProof, string>
{
    public Task<string> Handle(GetDrawProof request, CancellationToken ct) =>
        db.Draws.Where(d => d.ReleaseId == request.ReleaseId && d.HeldAt != null).Select(d => d.Proof).SingleOrDefaultAsync(ct).OrNotFound("draw");
}

internal sealed class GetDrawOfferHandler(PortalDbContext db, BookingPlans plans, FreeSeats seats, IMediator mediator, TimeProvider clock) : IRequestHandler<GetDrawOffer, DrawOffer>
{
    public async Task<DrawOffer> Handle(GetDrawOffer request, CancellationToken ct)
    {
        var subject = (await mediator.Send(new GetAvailability(request.Service), ct)).Subject;
        var rules = (await plans.Current(db, ct)).RulesOn(clock.Today());
        var release = await db.Releases.AsNoTracking().SingleOrDefaultAsync(r => r.Id == request.ReleaseId && r.ServiceGroup == subject.Group && r.Mode == ReleaseMode.Draw, ct).OrNotFound("draw");
        var rows = (await seats.Of(subject.Group)).Where(r => r.ReleaseId == release.Id);
        return new DrawOffer(subject, release.FromDay, release.ToDay, release.ClosesAt ?? release.OpensAt, rules.DrawPreferences, rules.DrawSource,
            [.. rows.Select(r => new BookingSlot(r.Id, r.StartsAt, r.EndsAt, Enum.Parse<SessionKind>(r.Session), r.Seats, r.Seats > 0))]);
    }
}

internal sealed class GetMyDrawsHandler(PortalDbContext db, BookingPlans plans, ICurrentUser user) : IRequestHandler<GetMyDraws, IReadOnlyList<MyDraw>>
{
    private const int Most = 20;

    public async Task<IReadOnlyList<MyDraw>> Handle(GetMyDraws request, CancellationToken ct)
    {
        var plan = await plans.Current(db, ct);
        var rows = await db.DrawApplications.AsNoTracking().Where(a => a.AccountId == user.Id && a.State != DrawState.Withdrawn).OrderByDescending(a => a.Id).Take(Most)
            .Join(db.Set<Release>(), a => a.ReleaseId, r => r.Id, (a, r) => new { a.Id, a.ServiceCode, r.FromDay, r.ToDay, r.ClosesAt, a.State, a.Weight, a.Rank, a.AppointmentId, a.ReleaseId, r.DecidedAt })
            .OrderByDescending(a => a.Id).ToListAsync(ct);
        return [.. rows.Select(a => new MyDraw(a.Id, plan.TitleOf(a.ServiceCode), a.FromDay, a.ToDay, a.ClosesAt, a.State, a.Weight, a.Rank, a.AppointmentId, a.ReleaseId, a.DecidedAt is not null))];
    }
}
