using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases;

/// <summary>The handler of services whose definition says all: no checks of its own, the applicant signs, nothing to reserve.</summary>
internal sealed class GenericCaseHandler : ICaseHandler
{
    public const string HandlerCode = "generic";

    public Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, CancellationToken ct) => Task.FromResult<IReadOnlyList<FieldProblem>>([]);

    /// <summary>Nobody besides the applicant, whose real-name account files.</summary>
    public IReadOnlyList<Signatory> Signatories(CaseContext context) => [];

    public Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, object?>>(new Dictionary<string, object?>());

    public string? Subject(CaseContext context) => null;

    public Task OnSubmitting(CaseContext context, CancellationToken ct) => Task.CompletedTask;

    public Task OnDropped(CaseContext context, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Generic services with rules are decided at once too.</summary>
internal sealed class DecideGenericCase(IMediator mediator) : IEventHandler<CaseSubmitted>
{
    public Task Handle(CaseSubmitted fact, CancellationToken ct) =>
        fact.Handler == GenericCaseHandler.HandlerCode ? mediator.Send(new DecideCaseAutomatically(fact.CaseId), ct) : Task.CompletedTask;
}

/// <summary>
/// Completes an approved generic case. When the definition names a result it is issued as an electronic licence with the
/// answers on it, so a new service needs files only; else the notice is the result.
/// </summary>
internal sealed class CompleteGenericCase(PortalDbContext db, IMediator mediator, CaseFiles files, IPeople people, Signing signing, TimeProvider clock) : IEventHandler<CaseDecided>
{
    private const int KeyLength = 16;

    public async Task Handle(CaseDecided fact, CancellationToken ct)
    {
        if (fact is not { Handler: GenericCaseHandler.HandlerCode, Approved: true })
            return;
        var approved = await db.LockCase(fact.CaseId, ct) ?? throw new NotFoundException("case");
        if (approved.State != CaseState.Decided)
            return;
        var file = await files.Open(approved, ct);
        var licence = file.Service.Result is { } result ? await Issue(file, result, ct) : (Guid?)null;
        await mediator.Send(new CompleteCase(fact.CaseId, licence), ct);
    }

    private async Task<Guid> Issue(CaseFile file, ServiceResult result, CancellationToken ct)
    {
        var person = await people.Find(file.Case.ApplicantId, ct);
        if (person is not { Name: { } name, IdNumber: { } number })
            throw new InvalidOperationException($"Case {file.Case.Id}: the applicant has no real name.");
        var employer = Employer(file.Form.Visible);
        var departments = await mediator.Send(new GetReference(ReferenceKind.Departments), ct);
        var receipt = await mediator.Send(
            new IssueLicence
            {
                CaseId = file.Case.Id,
                Kind = result.Kind,
                Title = result.Title,
                NumberLabel = "编号",
                // One holder has many documents whose kinds share a type code: the kind is in the key, or their identifiers would meet.
                HolderKey = Convert.ToHexString(signing.HashOfPerson($"{result.Kind}:{employer?.CreditCode ?? number}"))[..KeyLength],
                HolderName = employer?.Name ?? Masking.Name(name),
                Issuer = departments.FirstOrDefault(d => d.Code == file.Case.Department)?.Title ?? file.Case.Department,
                Facts = [.. SummaryOf.Facts(file)],
                ValidFrom = clock.Today(),
                Holders = [file.Case.ApplicantId],
            }, ct);
        return receipt.Id;
    }

    /// <summary>The employer (单位) that the document is about; null when it is about the applicant.</summary>
    private static (string Name, string CreditCode)? Employer(Answers answers) =>
        answers["employer.name"] is { } name && answers["employer.creditCode"] is { } code ? (name, code) : null;
}
