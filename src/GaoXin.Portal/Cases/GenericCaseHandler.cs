using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Cases;

/// <summary>The handler of services whose definition says all: no checks of its own, the applicant signs, nothing to reserve.</summary>
internal sealed class GenericCaseHandler : ICaseHandler
{
    public const string HandlerCode = "generic";

    public string Code => HandlerCode;

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

/// <summary>An approved generic case has a notice as its result and is complete.</summary>
internal sealed class CompleteGenericCase(IMediator mediator) : IEventHandler<CaseDecided>
{
    public Task Handle(CaseDecided fact, CancellationToken ct) =>
        fact is { Handler: GenericCaseHandler.HandlerCode, Approved: true } ? mediator.Send(new CompleteCase(fact.CaseId, null), ct) : Task.CompletedTask;
}
