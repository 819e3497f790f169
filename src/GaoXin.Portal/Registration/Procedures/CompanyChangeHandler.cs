using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>公司变更登记: from the register's entry to its next version and a new licence.</summary>
internal sealed class CompanyChangeHandler(
    ProcedureDesk desk, SetupDesk setups, SetupFacts facts, CompanyChangeChecks checks, EntityRegister register, LicenceOffice licences, ReferenceFiles files, IMediator mediator)
    : ProcedureHandler(desk)
{
    public const string HandlerCode = "registration.change";
    private readonly ProcedureDesk _desk = desk;

    public override async Task OnSubmitting(CaseContext context, CancellationToken ct)
    {
        var present = (await _desk.Find(context, ct))?.Company ?? throw new RefusedException(RegistrationRefusals.NoSuchEntity());
        var change = Bind(context, present);
        // A name that keeps what must be unique is held already: by the company itself.
        if (change.Changes(ChangeItem.Name) && change.Next.Name.Core != present.Name.Core)
            await setups.Reserve(change.Next.Name, EntityKind.Company, context.CaseId, ct);
        else
            await setups.Release(context.CaseId, ct);
        await _desk.Open(context, HandlerCode, change, ct);
    }

    public override IReadOnlyDictionary<string, string> Words(CaseContext context) => setups.Words(context);

    public override async Task<Guid?> Apply(DecidedProcedure decided, RegisteredEntity entity, CancellationToken ct)
    {
        var present = entity.Company ?? throw new InvalidOperationException($"Entity {entity.Entity.Id} has no filed record.");
        var amended = await register.Amend(entity, _desk.Read<CompanyChange>(decided.Procedure).On(present), decided.Procedure.CaseId, ct);
        return await licences.Reissue(amended, decided.Procedure.CaseId, decided.Procedure.ApplicantId, ct);
    }

    protected override async Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, RegisteredEntity entity, CancellationToken ct)
    {
        if (entity.Company is not { } present)
            return [ProcedureProblems.NotACompany];
        var change = Bind(context, present);
        var problems = checks.Of(change, present, context.AppliedOn, await mediator.Send(new GetWorkingCalendar(), ct));
        return SetupDesk.AsksName(context) && checks.HasNewName(change, present)
            ? [.. problems, .. await setups.NameProblems(change.Next.Name, EntityKind.Company, context.CaseId, ct, present.Name.Full)]
            : problems;
    }

    /// <summary>
    /// The legal representative, the new one when it changes (条例 24, 公司法 35), and every shareholder whose share changes. The
    /// resolution behind it comes as a file.
    /// </summary>
    protected override IReadOnlyList<Signatory> Signatories(CaseContext context, RegisteredEntity entity)
    {
        if (entity.Company is not { } present)
            return [];
        var change = Bind(context, present);
        return CompanySetupHandler.SignatoriesOf(change.Next with { Shareholders = change.Touched(present) });
    }

    protected override async Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, RegisteredEntity entity, CancellationToken ct) =>
        entity.Company is { } present ? await facts.Of(Bind(context, present), entity.Entity, present, context.CaseId, ct) : throw new RefusedException(RegistrationRefusals.NoSuchEntity());

    protected override IReadOnlyList<GeneratedDocument> Documents(CaseContext context, RegisteredEntity entity) =>
        entity.Company is { } present ? [ChangeTable.Of(Bind(context, present), present, files)] : [];

    private static CompanyChange Bind(CaseContext context, CompanySetup present) => CompanyChange.Bind(context.Answers, present, context.AppliedOn);
}

internal static class ProcedureProblems
{
    public static FieldProblem NotACompany { get; } =
        new(ProcedureFields.CreditCode, "这里只办公司的登记，而且要登记簿里有公司备案的全部内容。个体工商户请办“个体工商户变更登记”；老公司请带执照到大厅补齐备案再来");

    public static FieldProblem NotABusiness { get; } =
        new(ProcedureFields.CreditCode, "这里只办个体工商户的登记，而且要登记簿里有备案的全部内容。公司请办“公司变更登记”或“公司注销登记”；老的个体户请带执照到大厅补齐备案再来");
}
