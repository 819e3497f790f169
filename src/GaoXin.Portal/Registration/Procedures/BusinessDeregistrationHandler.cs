using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>The end of a shop as filed: what becomes of the paper licence.</summary>
internal sealed record BusinessClosing(string? Licence);

/// <summary>
/// 个体工商户注销登记: the simple way needs no notice (条例 33); the registry asks tax and the others itself, and one that does not answer
/// leaves the case to an officer. The operator goes on answering for the debts.
/// </summary>
internal sealed class BusinessDeregistrationHandler(ProcedureDesk desk, EntityRegister register, LicenceOffice licences, IEntityMarks marks, TimeProvider clock)
    : ProcedureHandler(desk)
{
    public const string HandlerCode = "registration.business-deregistration";
    private readonly ProcedureDesk _desk = desk;

    public override Task OnSubmitting(CaseContext context, CancellationToken ct) => _desk.Open(context, HandlerCode, new BusinessClosing(context.Answers[ProcedureFields.PaperLicence]), ct);

    public override async Task<Guid?> Apply(DecidedProcedure decided, RegisteredEntity entity, CancellationToken ct)
    {
        var today = clock.Today();
        await register.Deregister(entity, decided.Procedure.CaseId, ct);
        await licences.Close(entity, ct);
        return await licences.Notice(entity, decided, SimpleDeregistrationHandler.ResultKind, "登记通知书（准予注销）",
            [new("注销方式", "简易注销，个体工商户不用公示"), new("注销日期", $"{today:yyyy年M月d日}")], null, ct);
    }

    protected override Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, RegisteredEntity entity, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<FieldProblem>>(entity.Business is null ? [ProcedureProblems.NotABusiness] : []);

    protected override IReadOnlyList<Signatory> Signatories(CaseContext context, RegisteredEntity entity) => Representative(entity);

    protected override async Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, RegisteredEntity entity, CancellationToken ct) =>
        new Dictionary<string, object?>((await marks.Look(entity.Entity.CreditCode, ct)).Facts);
}
