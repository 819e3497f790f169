using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using MediatR;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>What procedures give out: the next version of a business licence, and notices of what was filed or ended.</summary>
internal sealed class LicenceOffice(IMediator mediator, SetupResult result, IPeople people, IOptions<RegistrationOptions> options, TimeProvider clock)
{
    /// <summary>换照: the next version takes the place of the last, and who may act for the company follows the register.</summary>
    public async Task<Guid> Reissue(RegisteredEntity entity, Guid caseId, Guid applicant, CancellationToken ct)
    {
        var record = result.Read(entity) ?? throw new InvalidOperationException($"Entity {entity.Entity.Id} has no filed record.");
        var licence = await mediator.Send(result.Licence(record, entity.Entity, caseId, clock.Today(), await Holders(entity, applicant, ct)), ct);
        await mediator.Send(new RegisterEnterprise { CreditCode = entity.Entity.CreditCode, Name = entity.ListedAs, LegalRepresentativeIdNumber = record.RepresentativeNumber }, ct);
        return licence.Id;
    }

    /// <summary>登记通知书、备案通知书: a sealed document about the entity under the number of its case. Each stands for itself; none takes another's place.</summary>
    public async Task<Guid> Notice(RegisteredEntity entity, DecidedProcedure decided, string kind, string title, IReadOnlyList<LicenceFact> facts, DateOnly? until, CancellationToken ct)
    {
        var licence = await mediator.Send(new IssueLicence
        {
            CaseId = decided.Procedure.CaseId,
            Kind = kind,
            Title = title,
            NumberLabel = "通知书编号",
            HolderKey = decided.Number,
            HolderName = entity.ListedAs,
            Issuer = options.Value.AuthorityName,
            Facts = [new("名称", entity.ListedAs), new("统一社会信用代码", entity.Entity.CreditCode), .. facts],
            ValidFrom = clock.Today(),
            ValidTo = until,
            Holders = await Holders(entity, decided.Procedure.ApplicantId, ct),
        }, ct);
        return licence.Id;
    }

    /// <summary>What everybody who verifies the licence reads of these suspensions: the one that runs or begins later, or nothing.</summary>
    public Task StateSuspension(RegisteredEntity entity, IReadOnlyCollection<SuspensionPeriod> periods, CancellationToken ct)
    {
        var statement = new StateStanding { Kind = SetupResult.LicenceKind, HolderKey = entity.Entity.CreditCode };
        return mediator.Send(SuspensionAllowance.Unbroken(periods, clock.Today()) is not var (first, last) ? statement : statement with
        {
            Words = $"歇业中：{first:yyyy 年 M 月 d 日}到 {last:yyyy 年 M 月 d 日}。执照仍然有效，期满或恢复营业后这句话自动消失。",
            From = first,
            To = last,
        }, ct);
    }

    /// <summary>注销: the licence is given up, everybody who verifies it reads so, and nobody acts for the entity any more.</summary>
    public async Task Close(RegisteredEntity entity, CancellationToken ct)
    {
        var (code, today) = (entity.Entity.CreditCode, clock.Today());
        await mediator.Send(new CancelLicence(SetupResult.LicenceKind, code), ct);
        await mediator.Send(new StateStanding { Kind = SetupResult.LicenceKind, HolderKey = code, Words = $"这家企业已于 {today:yyyy 年 M 月 d 日}注销。", From = today }, ct);
        if (entity.Representative is var (_, number))
            await mediator.Send(new RegisterEnterprise { CreditCode = code, Name = entity.ListedAs, LegalRepresentativeIdNumber = number, Active = false }, ct);
    }

    private async Task<IReadOnlyList<Guid>> Holders(RegisteredEntity entity, Guid applicant, CancellationToken ct)
    {
        var representative = entity.Representative is var (_, number) ? await people.FindAccountByIdNumber(number, ct) : null;
        return [.. new[] { applicant, representative ?? applicant }.Distinct()];
    }
}
