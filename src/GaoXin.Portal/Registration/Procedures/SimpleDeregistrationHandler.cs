using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>The steps of a simple deregistration, each a case of its own.</summary>
internal enum SimpleStep
{
    /// <summary>发布公告.</summary>
    Publish,

    /// <summary>公告期满，申请注销.</summary>
    Apply,

    /// <summary>延长申请期限.</summary>
    Prolong,

    /// <summary>撤回公告.</summary>
    Withdraw,
}

/// <summary>A step as filed.</summary>
internal sealed record SimpleFiling(SimpleStep Step)
{
    public static SimpleFiling Bind(Answers answers) => new(answers[ProcedureFields.SimpleStep] switch
    {
        "apply" => SimpleStep.Apply,
        "prolong" => SimpleStep.Prolong,
        "withdraw" => SimpleStep.Withdraw,
        _ => SimpleStep.Publish,
    });

    /// <summary>Why this step is not due, given the notice that is not withdrawn; null when it is. Pure.</summary>
    public string? Problem(DeregistrationNotice? notice, DateOnly today) => (Step, State: notice?.StateOn(today)) switch
    {
        (SimpleStep.Publish, null or DeregistrationNoticeState.Lapsed) => null,
        (SimpleStep.Publish, DeregistrationNoticeState.Running) => $"公告已经在公示，到 {notice!.EndsOn:yyyy年M月d日}满。不用再发",
        (SimpleStep.Publish, DeregistrationNoticeState.Open) => $"公示已经满了，请选“申请注销”，{notice!.ApplyUntil:yyyy年M月d日}前有效",
        (SimpleStep.Publish, _) => "公告有异议，已经停下。请先处理好，再选“撤回公告”，撤回后可以重新发布",
        (_, null) => "还没有发布公告，请先选“发布公告”",
        (SimpleStep.Withdraw, DeregistrationNoticeState.Lapsed) => "公告已经过期，不用撤回，可以直接重新发布",
        (SimpleStep.Withdraw, _) => null,
        (_, DeregistrationNoticeState.Running) => $"公示还没有满。{notice!.EndsOn.AddDays(1):yyyy年M月d日}到 {notice.ApplyUntil:yyyy年M月d日}可以办这一步",
        (_, DeregistrationNoticeState.Objected) => "公示期里有人提了异议，不能申请简易注销。处理好以后可以撤回公告、重新发布，也可以办普通注销",
        (_, DeregistrationNoticeState.Lapsed) => $"{notice!.ApplyUntil:yyyy年M月d日}已经过了，公告不再有效。请选“发布公告”重新公示",
        (SimpleStep.Prolong, _) when notice!.Prolonged => $"已经延长过一次，{notice.ApplyUntil:yyyy年M月d日}前请申请注销",
        _ => null,
    };
}

/// <summary>
/// 公司简易注销: notice with the commitment of all shareholders, twenty days, application. What stands against it in other registers is
/// a rule each; a curable one leaves the notice in force, so the application can be made again while its time runs.
/// </summary>
internal sealed class SimpleDeregistrationHandler(
    PortalDbContext db, ProcedureDesk desk, EntityRegister register, LicenceOffice licences, IEntityMarks marks, IMediator mediator, TimeProvider clock) : ProcedureHandler(desk)
{
    public const string HandlerCode = "registration.simple-deregistration";
    private const string NoticeKind = "deregistration-publication";
    public const string ResultKind = "deregistration";
    private readonly ProcedureDesk _desk = desk;

    public override Task OnSubmitting(CaseContext context, CancellationToken ct) => _desk.Open(context, HandlerCode, SimpleFiling.Bind(context.Answers), ct);

    public override async Task<Guid?> Apply(DecidedProcedure decided, RegisteredEntity entity, CancellationToken ct)
    {
        var (now, calendar) = (clock.GetUtcNow(), await mediator.Send(new GetWorkingCalendar(), ct));
        var notice = await Notice(entity).SingleOrDefaultAsync(ct);
        switch (_desk.Read<SimpleFiling>(decided.Procedure).Step)
        {
            case SimpleStep.Publish:
                return await Publish(entity, notice, decided, calendar, ct);
            case SimpleStep.Withdraw:
                notice?.Withdraw(now, decided.Procedure.CaseId);
                return await Document("撤回简易注销公告通知书", [new("撤回日期", $"{clock.Today():yyyy年M月d日}")]);
            case SimpleStep.Prolong:
                notice?.Prolong(calendar, decided.Procedure.CaseId);
                return await Document("延长简易注销申请期限通知书", [new("最晚申请日期", $"{notice?.ApplyUntil:yyyy年M月d日}")]);
            default:
                notice?.Done(now);
                await register.Deregister(entity, decided.Procedure.CaseId, ct);
                await licences.Close(entity, ct);
                return await licences.Notice(entity, decided, ResultKind, "登记通知书（准予注销）", [new("注销方式", "简易注销"), new("注销日期", $"{clock.Today():yyyy年M月d日}")], null, ct);
        }

        Task<Guid> Document(string title, IReadOnlyList<LicenceFact> facts) => licences.Notice(entity, decided, NoticeKind, title, facts, null, ct);
    }

    protected override async Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, RegisteredEntity entity, CancellationToken ct)
    {
        if (entity.Company is null)
            return [ProcedureProblems.NotACompany];
        var notice = await Notice(entity).AsNoTracking().SingleOrDefaultAsync(ct);
        return SimpleFiling.Bind(context.Answers).Problem(notice, context.AppliedOn) is { } problem ? [new FieldProblem(ProcedureFields.SimpleStep, problem)] : [];
    }

    /// <summary>All investors commit themselves with the notice (条例 33); the later steps are the legal representative's.</summary>
    protected override IReadOnlyList<Signatory> Signatories(CaseContext context, RegisteredEntity entity) =>
        SimpleFiling.Bind(context.Answers).Step != SimpleStep.Publish || entity.Company is not { } company
            ? Representative(entity)
            : CompanySetupHandler.SignatoriesOf(company);

    protected override async Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, RegisteredEntity entity, CancellationToken ct)
    {
        var step = SimpleFiling.Bind(context.Answers).Step;
        var notice = await Notice(entity).AsNoTracking().SingleOrDefaultAsync(ct);
        // To take a notice back nothing has to be in order elsewhere.
        var answer = step == SimpleStep.Withdraw ? new EntityMarksAnswer([]) : await marks.Look(entity.Entity.CreditCode, ct);
        return new Dictionary<string, object?>(answer.Facts) { ["notice.problems"] = SimpleFiling.Bind(context.Answers).Problem(notice, context.AppliedOn) is null ? 0m : 1m };
    }

    protected override IReadOnlyList<GeneratedDocument> Documents(CaseContext context, RegisteredEntity entity) => SimpleFiling.Bind(context.Answers).Step != SimpleStep.Publish ? [] :
    [
        new("investors-commitment", "全体投资人承诺书",
        [
            new DocumentNote("演示样式：按您填的内容生成"),
            new DocumentParagraph($"{entity.ListedAs}（统一社会信用代码 {entity.Entity.CreditCode}）申请简易注销登记。全体投资人承诺："),
            new DocumentArticle("一、", ["公司没有发生债权债务，或者债权债务已经清偿；没有欠缴的职工工资、社会保险费、住房公积金、税款、滞纳金和罚款。"]),
            new DocumentArticle("二、", ["公司不在经营异常名录和严重违法失信名单里，没有被冻结、出质的股权，没有对外投资，没有没了结的诉讼、仲裁和调查。"]),
            new DocumentArticle("三、", ["以上承诺不真实的，全体投资人对注销登记前的债务承担连带责任，并承担其他法律责任（公司法第二百四十条）。"]),
            new DocumentSignatures(null, []),
        ]),
    ];

    /// <summary>The notice in force: not withdrawn and not done. The unique index holds one for an entity.</summary>
    private IQueryable<DeregistrationNotice> Notice(RegisteredEntity entity) =>
        db.DeregistrationNotices.Where(n => n.EntityId == entity.Entity.Id && n.WithdrawnAt == null && n.DoneAt == null);

    private async Task<Guid> Publish(RegisteredEntity entity, DeregistrationNotice? lapsed, DecidedProcedure decided, WorkingCalendar calendar, CancellationToken ct)
    {
        lapsed?.Withdraw(clock.GetUtcNow());
        // The old row leaves the index of notices in force before the new one enters it.
        await db.SaveChangesAsync(ct);
        var notice = DeregistrationNotice.Of(entity.Entity, entity.ListedAs, decided.Procedure.CaseId, decided.Procedure.ApplicantId, clock.Today(), calendar);
        db.Add(notice);
        return await licences.Notice(entity, decided, NoticeKind, "简易注销公告",
            [new("公示期", $"{notice.PublishedOn:yyyy年M月d日}至{notice.EndsOn:yyyy年M月d日}"), new("申请注销", $"{notice.EndsOn.AddDays(1):yyyy年M月d日}至{notice.ApplyUntil:yyyy年M月d日}")], null, ct);
    }
}
