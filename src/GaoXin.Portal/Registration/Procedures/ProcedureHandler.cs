using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>An approved procedure with the number of its case.</summary>
internal sealed record DecidedProcedure(RegisterProcedure Procedure, string Number);

/// <summary>A procedure about an entity of the register: what its answers mean, and what an approval does.</summary>
internal abstract class ProcedureHandler(ProcedureDesk desk) : ICaseHandler
{
    public async Task Prepare(CaseContext context, CancellationToken ct) => await desk.Find(context, ct);

    public async Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, CancellationToken ct)
    {
        var found = await desk.Find(context, ct);
        if (await desk.EntityProblem(context, found, ct) is { } problem)
            return ProcedureDesk.OfPage(context, [problem]);
        return ProcedureDesk.OfPage(context, await Check(context, found!, ct));
    }

    public IReadOnlyList<Signatory> Signatories(CaseContext context) => desk.Known(context) is { } found ? Signatories(context, found) : [];

    public async Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, CancellationToken ct) =>
        await desk.Find(context, ct) is { } found ? await Facts(context, found, ct) : throw new RefusedException(RegistrationRefusals.NoSuchEntity());

    /// <summary>The name of the entity as registered.</summary>
    public string? Subject(CaseContext context) => desk.Known(context)?.ListedAs ?? context.Answers[ProcedureFields.EntityName];

    public abstract Task OnSubmitting(CaseContext context, CancellationToken ct);

    public Task OnDropped(CaseContext context, CancellationToken ct) => desk.Drop(context.CaseId, ct);

    public IReadOnlyList<GeneratedDocument> Documents(CaseContext context) => desk.Known(context) is { } found ? Documents(context, found) : [];

    public virtual IReadOnlyDictionary<string, string> Words(CaseContext context) => new Dictionary<string, string>();

    /// <summary>Applies what was approved, in one transaction with the end of the case. The answer is the licence or notice it gave.</summary>
    public abstract Task<Guid?> Apply(DecidedProcedure decided, RegisteredEntity entity, CancellationToken ct);

    protected abstract Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, RegisteredEntity entity, CancellationToken ct);

    protected abstract IReadOnlyList<Signatory> Signatories(CaseContext context, RegisteredEntity entity);

    protected abstract Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, RegisteredEntity entity, CancellationToken ct);

    protected virtual IReadOnlyList<GeneratedDocument> Documents(CaseContext context, RegisteredEntity entity) => [];

    /// <summary>The legal representative or operator as registered.</summary>
    protected static IReadOnlyList<Signatory> Representative(RegisteredEntity entity) => entity.Representative is var (name, number)
        ? [new Signatory(name, number, entity.Entity.Kind == EntityKind.Company ? "法定代表人" : "经营者")]
        : [];
}

/// <summary>智能审批 of procedures: asks at once whether the rules approve.</summary>
internal sealed class DecideProcedure(IMediator mediator, CaseHandlers handlers) : IEventHandler<CaseSubmitted>
{
    public async Task Handle(CaseSubmitted fact, CancellationToken ct)
    {
        if (handlers.Find(fact.Handler) is ProcedureHandler)
            await mediator.Send(new DecideCaseAutomatically(fact.CaseId), ct);
    }
}

/// <summary>准予: applies an approved procedure and ends its case. A second delivery finds the procedure ended and does nothing.</summary>
internal sealed class ApplyProcedure(PortalDbContext db, IMediator mediator, CaseHandlers handlers, EntityRegister register, TimeProvider clock) : IEventHandler<CaseDecided>
{
    public async Task Handle(CaseDecided fact, CancellationToken ct)
    {
        if (!fact.Approved || handlers.Find(fact.Handler) is not ProcedureHandler handler)
            return;
        var procedure = await db.RegisterProcedures.FromSql($"SELECT * FROM registration.procedures WHERE case_id = {fact.CaseId} FOR UPDATE").SingleOrDefaultAsync(ct);
        if (procedure is null or { EndedAt: not null })
            return;
        var licence = await handler.Apply(new DecidedProcedure(procedure, fact.Number), await register.Lock(procedure.EntityId, ct), ct);
        procedure.EndedAt = clock.GetUtcNow();
        await mediator.Send(new CompleteCase(fact.CaseId, licence), ct);
    }
}
