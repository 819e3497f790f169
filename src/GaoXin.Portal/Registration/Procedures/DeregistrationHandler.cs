using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>
/// 公司注销登记（普通）: liquidation, creditors, taxes, then the end. An officer reads the liquidation report, so the rules never approve: they
/// show him the days that were missed and what other registers know. What blocks is told at its field.
/// </summary>
internal sealed class DeregistrationHandler(
    PortalDbContext db, ProcedureDesk desk, EntityRegister register, LicenceOffice licences, IEntityMarks marks, IMediator mediator, TimeProvider clock) : ProcedureHandler(desk)
{
    public const string HandlerCode = "registration.deregistration";

    /// <summary>How many objected to notices of simple deregistration (异议): the liquidation has to have satisfied them.</summary>
    public const string Objections = "notice.objections";

    private readonly ProcedureDesk _desk = desk;
    private readonly Dictionary<string, EntityMarksAnswer> _held = [];

    public override Task OnSubmitting(CaseContext context, CancellationToken ct) => _desk.Open(context, HandlerCode, LiquidationFiling.Bind(context.Answers), ct);

    public override async Task<Guid?> Apply(DecidedProcedure decided, RegisteredEntity entity, CancellationToken ct)
    {
        // A notice of simple deregistration that was stopped by an objection is settled by the liquidation.
        foreach (var notice in await db.DeregistrationNotices.Where(n => n.EntityId == entity.Entity.Id && n.WithdrawnAt == null && n.DoneAt == null).ToListAsync(ct))
            notice.Withdraw(clock.GetUtcNow(), decided.Procedure.CaseId);
        await register.Deregister(entity, decided.Procedure.CaseId, ct);
        await licences.Close(entity, ct);
        return await licences.Notice(entity, decided, SimpleDeregistrationHandler.ResultKind, "登记通知书（准予注销）",
            [new("注销方式", "普通注销"), new("注销日期", $"{clock.Today():yyyy年M月d日}")], null, ct);
    }

    protected override async Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, RegisteredEntity entity, CancellationToken ct)
    {
        if (entity.Company is null)
            return [ProcedureProblems.NotACompany];
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        return [.. LiquidationFiling.Bind(context.Answers).Problems(context.AppliedOn, calendar), .. ProblemsOf((await Held(entity, ct)).Marks ?? [], context.Answers)];
    }

    /// <summary>The head of the liquidation group signs the application (细则 44).</summary>
    protected override IReadOnlyList<Signatory> Signatories(CaseContext context, RegisteredEntity entity) =>
        LiquidationFiling.Bind(context.Answers) is { HeadNumber.Length: > 0 } filing ? [new Signatory(filing.HeadName, filing.HeadNumber, "清算组负责人")] : [];

    protected override async Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, RegisteredEntity entity, CancellationToken ct)
    {
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        var answer = await Held(entity, ct);
        var objections = await (from o in db.DeregistrationObjections join n in db.DeregistrationNotices on o.NoticeId equals n.Id where n.EntityId == entity.Entity.Id select o).CountAsync(ct);
        return new Dictionary<string, object?>([.. LiquidationFiling.Bind(context.Answers).Facts(context.AppliedOn, calendar), .. answer.Facts, new(Objections, (decimal)objections)]);
    }

    /// <summary>What other registers hold, asked once a request: the check of the form and the rules both read it.</summary>
    private async Task<EntityMarksAnswer> Held(RegisteredEntity entity, CancellationToken ct) => _held.TryGetValue(entity.Entity.CreditCode, out var known)
        ? known
        : _held[entity.Entity.CreditCode] = await marks.Look(entity.Entity.CreditCode, ct);

    /// <summary>What blocks; registers that do not answer are the officer's to ask. In a bundle the taxes are cleared on the way.</summary>
    private static IEnumerable<FieldProblem> ProblemsOf(IReadOnlyCollection<EntityMarkKind> held, Answers answers)
    {
        if (held.Contains(EntityMarkKind.TaxOwed) && answers[ProcedureFields.TaxClearance] is not null)
            yield return new(ProcedureFields.TaxClearance, "税务局说还有税款没有结清。请先办“清税申报（注销）”，办完回来接着申请");
        if (held.Select(ProblemOf).OfType<string>().FirstOrDefault() is { } problem)
            yield return new(ProcedureFields.CreditCode, problem);
    }

    private static string? ProblemOf(EntityMarkKind mark) => mark switch
    {
        EntityMarkKind.Branch => "公司的分支机构还没有注销。请先注销分支机构，再回来申请",
        EntityMarkKind.EquityFrozen => "公司的股权被冻结。解除冻结以后再回来申请",
        EntityMarkKind.Dispute => "公司有没了结的调查、诉讼或仲裁。了结以后再回来申请",
        EntityMarkKind.Fine => "公司还有罚款没有缴清。缴清以后再回来申请",
        _ => null,
    };
}
