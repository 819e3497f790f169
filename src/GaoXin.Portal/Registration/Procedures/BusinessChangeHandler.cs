using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>个体工商户变更登记: the shop's next version and a new licence; the credit code stays when the operator changes (促进个体工商户发展条例 13).</summary>
internal sealed class BusinessChangeHandler(ProcedureDesk desk, SetupDesk setups, SetupFacts facts, BusinessChangeChecks checks, EntityRegister register, LicenceOffice licences)
    : ProcedureHandler(desk)
{
    public const string HandlerCode = "registration.business-change";
    private readonly ProcedureDesk _desk = desk;

    public override async Task OnSubmitting(CaseContext context, CancellationToken ct)
    {
        var present = (await _desk.Find(context, ct))?.Business ?? throw new RefusedException(RegistrationRefusals.NoSuchEntity());
        var change = Bind(context, present);
        // A name that keeps what must be unique is held already: by the shop itself.
        if (change.Changes(BusinessItem.Name) && change.Next.Name is { } name && name.Core != present.Name?.Core)
            await setups.Reserve(name, EntityKind.IndividualBusiness, context.CaseId, ct);
        else
            await setups.Release(context.CaseId, ct);
        await _desk.Open(context, HandlerCode, change, ct);
    }

    public override IReadOnlyDictionary<string, string> Words(CaseContext context) => setups.Words(context);

    public override async Task<Guid?> Apply(DecidedProcedure decided, RegisteredEntity entity, CancellationToken ct)
    {
        var present = entity.Business ?? throw new InvalidOperationException($"Entity {entity.Entity.Id} has no filed record.");
        var amended = await register.Amend(entity, _desk.Read<BusinessChange>(decided.Procedure).On(present), decided.Procedure.CaseId, ct);
        return await licences.Reissue(amended, decided.Procedure.CaseId, decided.Procedure.ApplicantId, ct);
    }

    protected override async Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, RegisteredEntity entity, CancellationToken ct)
    {
        if (entity.Business is not { } present)
            return [ProcedureProblems.NotABusiness];
        var change = Bind(context, present);
        var problems = checks.Of(change, present);
        return SetupDesk.AsksName(context) && checks.HasNewName(change, present)
            ? [.. problems, .. await setups.NameProblems(change.Next.Name!, EntityKind.IndividualBusiness, context.CaseId, ct, present.Name?.Full)]
            : problems;
    }

    /// <summary>The operator as registered, the new one when he changes, and family members who join.</summary>
    protected override IReadOnlyList<Signatory> Signatories(CaseContext context, RegisteredEntity entity)
    {
        if (entity.Business is not { } present)
            return [];
        var change = Bind(context, present);
        var known = present.IdNumbers.ToHashSet();
        var joining = change.Next.Family.Select(p => (Person: p, Role: "家庭成员")).Prepend((Person: change.Next.Operator, Role: "新的经营者"))
            .Where(p => ResidentId.TryParse(p.Person.IdNumber, out var id) && !known.Contains(id.Number))
            .Select(p => new Signatory(p.Person.Name, p.Person.Number, p.Role));
        return [.. Representative(entity), .. joining];
    }

    protected override async Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, RegisteredEntity entity, CancellationToken ct) =>
        entity.Business is { } present ? await facts.Of(Bind(context, present), entity.Entity, present, context.CaseId, ct) : throw new RefusedException(RegistrationRefusals.NoSuchEntity());

    private static BusinessChange Bind(CaseContext context, IndividualBusinessSetup present) => BusinessChange.Bind(context.Answers, present, context.AppliedOn);
}
