using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// What time does with a promise to bring a material later: reminds three working days before and on the last day; after it the case is
/// stopped (补交逾期) and the promise counts as broken. Repeatable.
/// </summary>
[ForSystem]
public sealed record WatchPromise(Guid PromiseId) : ICommand;

/// <summary>The applicant is reminded of a material that was promised. <paramref name="Last"/>: today is the last day.</summary>
public sealed record MaterialReminded(Guid PromiseId, Guid CaseId, string Number, DateOnly DueOn, bool Last) : IPublicEvent;

/// <summary>A check found that a commitment was not kept.</summary>
public sealed record CommitmentBroken(Guid PromiseId, Guid CaseId, string Number, string Department) : IPublicEvent;

internal sealed class WatchPromiseHandler(PortalDbContext db, CaseFiles files, CaseJournal journal, CaseClock caseClock, TimeProvider clock) : IRequestHandler<WatchPromise, Unit>
{
    public async Task<Unit> Handle(WatchPromise request, CancellationToken ct)
    {
        var caseId = await db.MaterialPromises.Where(p => p.Id == request.PromiseId).Select(p => (Guid?)p.CaseId).SingleOrDefaultAsync(ct) ?? throw new NotFoundException("promise");
        var about = await db.LockCase(caseId, ct) ?? throw new NotFoundException("case");
        var promise = await db.MaterialPromises.SingleAsync(p => p.Id == request.PromiseId, ct);
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        if (!promise.IsOpen || promise.NextOn is not { } next || next > today)
            return Unit.Value;
        if (!promise.IsOverdue(today))
        {
            db.Raise(new MaterialReminded(promise.Id, about.Id, about.Number!, promise.DueOn!.Value, Last: today >= promise.DueOn), now);
            promise.Reminded(today);
            return Unit.Value;
        }

        promise.End(PromiseOutcome.Broken, now);
        if (CaseTransitions.Allows(about.State, CaseAction.Lapse))
            await db.Lapse(await files.Open(about, ct), new { Material = promise.MaterialCode, promise.DueOn }, journal, caseClock, clock, ct);
        return Unit.Value;
    }
}

/// <summary>Each promise says on which day it wants to be looked at; a run reads only those, page by page.</summary>
internal sealed class WatchPromises(PortalDbContext db, IMediator mediator, TimeProvider clock) : IPeriodicTask
{
    private const int PageSize = 200;

    public async Task<int> Run(CancellationToken ct)
    {
        var today = clock.Today();
        var (done, last) = (0, (On: DateOnly.MinValue, Id: Guid.Empty));
        while (true)
        {
            var due = await db.MaterialPromises.AsNoTracking().Where(p => p.NextOn != null && p.NextOn <= today && p.NextOn >= last.On && (p.NextOn > last.On || p.Id > last.Id))
                .OrderBy(p => p.NextOn).ThenBy(p => p.Id).Take(PageSize).Select(p => new { On = p.NextOn!.Value, p.Id }).ToListAsync(ct);
            foreach (var promise in due)
                await mediator.Send(new WatchPromise(promise.Id), ct);
            done += due.Count;
            if (due.Count < PageSize)
                return done;
            last = (due[^1].On, due[^1].Id);
        }
    }
}

/// <summary>What a decision makes of promises: commitments can be checked from then on; without an approval nobody waits for anything.</summary>
internal sealed class FollowPromises(PortalDbContext db, CasePromises promises, CaseFiles files, IMediator mediator, TimeProvider clock) : IEventHandler<CaseDecided>, IEventHandler<CaseClosed>
{
    public async Task Handle(CaseDecided fact, CancellationToken ct)
    {
        if (!fact.Approved)
            return;
        var committed = await db.MaterialPromises.Where(p => p.CaseId == fact.CaseId && p.Kind == PromiseKind.Commitment && p.EndedAt == null && p.DueOn == null).ToListAsync(ct);
        if (committed.Count == 0)
            return;
        var about = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == fact.CaseId, ct);
        var service = await files.Definition(about.ServiceCode, about.ServiceVersion, ct);
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        foreach (var promise in committed)
            promise.CheckBy(calendar.AddWorkingDays((about.DecidedAt ?? clock.GetUtcNow()).Day(), service.Materials.First(m => m.Code == promise.MaterialCode).CheckDays));
    }

    public Task Handle(CaseClosed fact, CancellationToken ct) => fact.Ending == nameof(CaseOutcome.Approved) ? Task.CompletedTask : promises.Void(fact.CaseId, ct);
}
