using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>
/// 撤销决定: takes back what a revoked procedure did. Its document is revoked, and the entry goes on with what was registered before as
/// its next version, with a licence that says so. An entry that others rest on by now is left: it takes a filing of its own.
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
        var before = await register.Before(entity, fact.CaseId, ct);
        var madeVersion = await db.MarketEntityVersions.AnyAsync(v => v.CaseId == fact.CaseId, ct);
        if (madeVersion && before is null)
        {
            Left(fact.CaseId);
            return;
        }

        if (fact.LicenceId is { } licence)
            await mediator.Send(new RevokeLicence { LicenceId = licence, Reason = Reason }, ct);
        if (before is not null)
            await Restore(entity, before, procedure, fact, ct);
        else
            await EndPeriods(entity, fact, ct);
    }

    private async Task Restore(RegisteredEntity entity, SetupRecord before, RegisterProcedure procedure, DecisionRevoked fact, CancellationToken ct)
    {
        var restored = await register.Restore(entity, before, fact.RevocationId, ct);
        if (entity.Entity.Status != EntityStatus.Registered)
            await mediator.Send(new StateStanding { Kind = SetupResult.LicenceKind, HolderKey = entity.Entity.CreditCode }, ct);
        await licences.Reissue(restored, fact.RevocationId, procedure.ApplicantId, ct);
    }

    /// <summary>A suspension that should not have been filed, or a notice that should not have been published.</summary>
    private async Task EndPeriods(RegisteredEntity entity, DecisionRevoked fact, CancellationToken ct)
    {
        if (await db.Suspensions.Where(s => s.CaseId == fact.CaseId).ExecuteDeleteAsync(ct) > 0)
            await mediator.Send(new StateStanding { Kind = SetupResult.LicenceKind, HolderKey = entity.Entity.CreditCode }, ct);
        if (await db.DeregistrationNotices.SingleOrDefaultAsync(n => n.CaseId == fact.CaseId, ct) is { } notice)
            notice.Withdraw(clock.GetUtcNow());
    }

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "The decision of case {CaseId} was revoked, but later entries rest on it: the register stays")]
    private partial void Left(Guid caseId);
}
