using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>
/// 撤销决定: takes back what a revoked procedure did. Its document is revoked, and the entry goes on with what was registered before as
/// its next version, with a licence that says so; a step of 歇业 or 简易注销 is as if it had not been taken. What others rest on by now is
/// left: it takes a filing of its own.
/// </summary>
internal sealed partial class UndoProcedure(
    PortalDbContext db, IMediator mediator, EntityRegister register, LicenceOffice licences, TimeProvider clock, ILogger<UndoProcedure> logger) : IEventHandler<DecisionRevoked>
{
    private const string Reason = "登记决定已经撤销";

    public async Task Handle(DecisionRevoked fact, CancellationToken ct)
    {
        if (await db.RegisterProcedures.AsNoTracking().SingleOrDefaultAsync(p => p.CaseId == fact.CaseId, ct) is not { } procedure)
            return;
        var entity = await register.Lock(procedure.EntityId, ct);
        if (await Undoing(entity, procedure, fact, ct) is not { } undo)
        {
            Left(fact.CaseId);
            return;
        }

        if (fact.LicenceId is { } licence)
            await mediator.Send(new RevokeLicence { LicenceId = licence, Reason = Reason }, ct);
        await undo();
    }

    /// <summary>How to take it back; null when later entries rest on it.</summary>
    private async Task<Func<Task>?> Undoing(RegisteredEntity entity, RegisterProcedure procedure, DecisionRevoked fact, CancellationToken ct)
    {
        if (await db.MarketEntityVersions.AnyAsync(v => v.CaseId == fact.CaseId, ct))
            return await register.Before(entity, fact.CaseId, ct) is { } before ? () => Restore(entity, before, procedure, fact, ct) : null;
        if (entity.Entity.Status != EntityStatus.Registered)
            return null;
        return procedure.Handler == SuspensionHandler.HandlerCode ? await OfSuspension(entity, fact.CaseId, ct) : await OfNotice(entity, fact.CaseId, ct);
    }

    private async Task Restore(RegisteredEntity entity, SetupRecord before, RegisterProcedure procedure, DecisionRevoked fact, CancellationToken ct)
    {
        var restored = await register.Restore(entity, before, fact.RevocationId, ct);
        if (entity.Entity.Status != EntityStatus.Registered)
            await OpenAgain(restored, fact.CaseId, ct);
        await licences.Reissue(restored, fact.RevocationId, procedure.ApplicantId, ct);
    }

    /// <summary>An entity that was deregistered: its suspension shows again, and the notice that led to the end or was settled by it stands.</summary>
    private async Task OpenAgain(RegisteredEntity entity, Guid caseId, CancellationToken ct)
    {
        await licences.StateSuspension(entity, [.. (await Suspensions(entity, ct)).Select(s => s.Period)], ct);
        if (await db.DeregistrationNotices.SingleOrDefaultAsync(n => n.EntityId == entity.Entity.Id && (n.DoneAt != null || n.WithdrawnBy == caseId), ct) is not { } notice)
            return;
        notice.NotDone();
        notice.Reinstate(clock.Today(), await Calendar(ct));
    }

    /// <summary>歇业 and 延长 go, unless they were prolonged or business was taken up again since; 恢复营业 gives the period back, unless another was filed since.</summary>
    private async Task<Func<Task>?> OfSuspension(RegisteredEntity entity, Guid caseId, CancellationToken ct)
    {
        var all = await Suspensions(entity, ct);
        var (filed, resumed) = (all.Where(s => s.CaseId == caseId).ToList(), all.Where(s => s.ResumedBy == caseId).ToList());
        if (filed.Exists(f => f.ResumedBy is not null || all.Exists(s => s.FirstDay == f.LastDay.AddDays(1))) || all.Except(resumed).Any(s => s.FirstDay >= resumed.Max(r => r.ResumedOn)))
            return null;
        return () =>
        {
            db.RemoveRange(filed);
            resumed.ForEach(s => s.GoOn());
            return licences.StateSuspension(entity, [.. all.Except(filed).Select(s => s.Period)], ct);
        };
    }

    /// <summary>A notice goes; one that was withdrawn is back, unless another was published since; a longer time to apply is the usual one again.</summary>
    private async Task<Func<Task>?> OfNotice(RegisteredEntity entity, Guid caseId, CancellationToken ct)
    {
        var all = await db.DeregistrationNotices.Where(n => n.EntityId == entity.Entity.Id).ToListAsync(ct);
        if (all.Find(n => n.WithdrawnBy == caseId) is { } withdrawn && all.Exists(n => n.WithdrawnAt == null && n.DoneAt == null && n != withdrawn))
            return null;
        var calendar = await Calendar(ct);
        return () =>
        {
            all.Find(n => n.CaseId == caseId)?.Withdraw(clock.GetUtcNow());
            all.Find(n => n.WithdrawnBy == caseId)?.Reinstate(clock.Today(), calendar);
            all.Find(n => n.ProlongedBy == caseId)?.NotProlonged(calendar);
            return Task.CompletedTask;
        };
    }

    private Task<List<Suspension>> Suspensions(RegisteredEntity entity, CancellationToken ct) =>
        db.Suspensions.Where(s => s.EntityId == entity.Entity.Id).OrderBy(s => s.FirstDay).ToListAsync(ct);

    private Task<WorkingCalendar> Calendar(CancellationToken ct) => mediator.Send(new GetWorkingCalendar(), ct);

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "The decision of case {CaseId} was revoked, but later entries rest on it: the register stays")]
    private partial void Left(Guid caseId);
}
