using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration;

/// <summary>撤销登记: takes back what a revoked decision gave: the entity's standing and its licence. The entry itself stays.</summary>
internal sealed class LeaveRegister(PortalDbContext db, IMediator mediator) : IEventHandler<DecisionRevoked>
{
    private const string Reason = "登记决定已经撤销";

    public async Task Handle(DecisionRevoked fact, CancellationToken ct)
    {
        if (!SetupResult.IsSetup(fact.Handler))
            return;
        var entity = await db.MarketEntities.SingleOrDefaultAsync(e => e.CaseId == fact.CaseId, ct);
        if (entity is null or { Status: EntityStatus.Revoked })
            return;
        entity.Revoke();
        if (fact.LicenceId is { } licence)
            await mediator.Send(new RevokeLicence { LicenceId = licence, Reason = Reason }, ct);
    }
}
