using GaoXin.Portal.Cases;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration;

/// <summary>智能审批: asks at once whether the rules approve a submitted set-up.</summary>
internal sealed class ApproveWhenRulesPass(IMediator mediator) : IEventHandler<CaseSubmitted>
{
    public async Task Handle(CaseSubmitted fact, CancellationToken ct)
    {
        if (SetupResult.IsSetup(fact.Handler))
            await mediator.Send(new DecideCaseAutomatically(fact.CaseId), ct);
    }
}

/// <summary>
/// 准予登记: enters what was approved in the register, all in one transaction: name, credit code, entity, first version,
/// free seals, licence, and who may act for it. A second delivery finds the application gone and does nothing.
/// </summary>
internal sealed class EnterRegister(PortalDbContext db, IMediator mediator, Registrar registrar, IPeople people, SetupResult result)
    : IEventHandler<CaseDecided>
{
    public async Task Handle(CaseDecided fact, CancellationToken ct)
    {
        if (!fact.Approved || !SetupResult.IsSetup(fact.Handler))
            return;
        var application = await db.SetupApplications.FromSql($"SELECT * FROM registration.applications WHERE case_id = {fact.CaseId} FOR UPDATE").SingleOrDefaultAsync(ct);
        if (application is null)
            return;
        var setup = result.Read(application);
        var entity = await registrar.Enter(setup, fact.CaseId, ct);
        var licence = await mediator.Send(result.Licence(setup, entity, fact.CaseId, entity.EstablishedOn, await Holders(setup, application, ct)), ct);
        await mediator.Send(new RegisterEnterprise
        {
            CreditCode = entity.CreditCode,
            Name = entity.Name ?? setup.ListedAs,
            LegalRepresentativeIdNumber = setup.RepresentativeNumber,
        }, ct);
        db.Remove(application);
        await mediator.Send(new CompleteCase(fact.CaseId, licence.Id), ct);
    }

    private async Task<IReadOnlyList<Guid>> Holders(SetupRecord setup, SetupApplication application, CancellationToken ct)
    {
        var representative = await people.FindAccountByIdNumber(setup.RepresentativeNumber, ct);
        return representative is { } account && account != application.ApplicantId ? [application.ApplicantId, account] : [application.ApplicantId];
    }
}
