using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>What is filed about a suspension.</summary>
internal enum SuspensionStep
{
    /// <summary>歇业.</summary>
    Begin,

    /// <summary>延长.</summary>
    Prolong,

    /// <summary>恢复营业.</summary>
    Resume,
}

/// <summary>A suspension as filed.</summary>
internal sealed record SuspensionFiling(SuspensionStep Step, string Reason, DateOnly? From, DateOnly? To, string? DeliveryAddress)
{
    public static SuspensionFiling Bind(Answers answers) => new(
        answers[ProcedureFields.SuspensionStep] switch { "prolong" => SuspensionStep.Prolong, "resume" => SuspensionStep.Resume, _ => SuspensionStep.Begin },
        answers[ProcedureFields.SuspensionReason] ?? "",
        Day(answers[ProcedureFields.SuspensionFrom]),
        Day(answers[ProcedureFields.SuspensionTo]),
        answers[ProcedureFields.DeliveryInstead] == SetupFields.Yes ? answers[ProcedureFields.DeliveryAddress]?.Trim() : null);

    /// <summary>What stands in the way, given the periods so far.</summary>
    public IEnumerable<FieldProblem> Problems(IReadOnlyList<SuspensionPeriod> periods, DateOnly today)
    {
        var running = SuspensionAllowance.Running(periods, today);
        return Step switch
        {
            SuspensionStep.Resume when running is null => [new(ProcedureFields.SuspensionStep, "这家企业现在没有歇业，不用办恢复")],
            SuspensionStep.Resume => [],
            SuspensionStep.Prolong => Prolonged(running, periods, today),
            _ when running is { } now => [new(ProcedureFields.SuspensionStep, $"已经备案歇业到 {now.LastDay:yyyy年M月d日}。要更久的请选“延长”，要开业的请选“恢复营业”")],
            _ => Begun(periods, today),
        };
    }

    private IEnumerable<FieldProblem> Begun(IReadOnlyList<SuspensionPeriod> periods, DateOnly today)
    {
        if (From is not { } first || To is not { } last)
            yield break;
        if (first < today)
            yield return new(ProcedureFields.SuspensionFrom, "歇业要先备案。请填写今天或者以后的日期");
        if (last < first)
            yield return new(ProcedureFields.SuspensionTo, "结束的日期在开始之前，请改过来");
        else if (TooLong(first, last, periods) is { } problem)
            yield return problem;
    }

    private IEnumerable<FieldProblem> Prolonged(SuspensionPeriod? running, IReadOnlyList<SuspensionPeriod> periods, DateOnly today)
    {
        if (running is not { } now)
        {
            yield return new(ProcedureFields.SuspensionStep, "这家企业现在没有歇业，请选“歇业”");
            yield break;
        }

        if (today < now.LastDay.AddDays(-SuspensionAllowance.DaysToProlong))
            yield return new(ProcedureFields.SuspensionStep, $"歇业到 {now.LastDay:yyyy年M月d日}，最后 {SuspensionAllowance.DaysToProlong} 天里才能延长。请到时再来");
        if (To is { } last && last <= now.LastDay)
            yield return new(ProcedureFields.SuspensionTo, $"现在已经歇业到 {now.LastDay:yyyy年M月d日}，请填写更晚的日期");
        else if (To is { } later && TooLong(now.LastDay.AddDays(1), later, periods) is { } problem)
            yield return problem;
    }

    private static FieldProblem? TooLong(DateOnly first, DateOnly last, IReadOnlyList<SuspensionPeriod> periods)
    {
        var (possible, used) = (SuspensionAllowance.LastPossible(first, periods), periods.Sum(p => p.Days));
        if (last <= possible)
            return null;
        return new(ProcedureFields.SuspensionTo, possible < first
            ? $"歇业累计不能超过 {SuspensionAllowance.Years} 年，已经用完了。请恢复营业，或者办注销"
            : $"歇业累计不能超过 {SuspensionAllowance.Years} 年{(used > 0 ? $"，以前用了 {used} 天" : "")}。最晚可以填 {possible:yyyy年M月d日}");
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : null;
}

/// <summary>市场主体歇业备案: at once, shown to everybody who verifies the licence, three years in all.</summary>
internal sealed class SuspensionHandler(PortalDbContext db, ProcedureDesk desk, LicenceOffice licences, TimeProvider clock) : ProcedureHandler(desk)
{
    public const string HandlerCode = "registration.suspension";
    private const string NoticeKind = "suspension-notice";
    private readonly ProcedureDesk _desk = desk;

    public override Task OnSubmitting(CaseContext context, CancellationToken ct) => _desk.Open(context, HandlerCode, SuspensionFiling.Bind(context.Answers), ct);

    public override async Task<Guid?> Apply(DecidedProcedure decided, RegisteredEntity entity, CancellationToken ct)
    {
        var (filing, today) = (_desk.Read<SuspensionFiling>(decided.Procedure), clock.Today());
        var all = await db.Suspensions.Where(s => s.EntityId == entity.Entity.Id).OrderBy(s => s.FirstDay).ToListAsync(ct);
        return filing.Step == SuspensionStep.Resume
            ? await Resume(all, entity, decided, today, ct)
            : await Suspend(all, filing, entity, decided, today, ct);
    }

    protected override async Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, RegisteredEntity entity, CancellationToken ct) =>
        [.. SuspensionFiling.Bind(context.Answers).Problems(await Periods(entity, ct), context.AppliedOn)];

    protected override IReadOnlyList<Signatory> Signatories(CaseContext context, RegisteredEntity entity) => Representative(entity);

    /// <summary>The same rules once more as facts, so that the decision keeps them as evidence.</summary>
    protected override async Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, RegisteredEntity entity, CancellationToken ct)
    {
        var periods = await Periods(entity, ct);
        return new Dictionary<string, object?>
        {
            ["suspension.daysUsed"] = (decimal)periods.Sum(p => p.Days),
            ["suspension.problems"] = (decimal)SuspensionFiling.Bind(context.Answers).Problems(periods, context.AppliedOn).Count(),
        };
    }

    /// <summary>The second form of the seed besides the application, and a third when the delivery address takes the place of the domicile.</summary>
    protected override IReadOnlyList<GeneratedDocument> Documents(CaseContext context, RegisteredEntity entity) => SuspensionForms.Of(SuspensionFiling.Bind(context.Answers), entity);

    private async Task<List<SuspensionPeriod>> Periods(RegisteredEntity entity, CancellationToken ct) =>
        [.. (await db.Suspensions.AsNoTracking().Where(s => s.EntityId == entity.Entity.Id).ToListAsync(ct)).Select(s => s.Period)];

    private async Task<Guid?> Suspend(List<Suspension> all, SuspensionFiling filing, RegisteredEntity entity, DecidedProcedure decided, DateOnly today, CancellationToken ct)
    {
        var first = filing.Step == SuspensionStep.Prolong && SuspensionAllowance.Running(all.Select(s => s.Period), today) is { } now ? now.LastDay.AddDays(1) : filing.From!.Value;
        var added = new Suspension { EntityId = entity.Entity.Id, CaseId = decided.Procedure.CaseId, FirstDay = first, LastDay = filing.To!.Value, Reason = filing.Reason, DeliveryAddress = filing.DeliveryAddress };
        db.Add(added);
        await licences.StateSuspension(entity, [.. all.Select(s => s.Period), added.Period], ct);
        return await licences.Notice(entity, decided, NoticeKind, "歇业备案通知书",
            [new("歇业期限", $"{first:yyyy年M月d日}至{added.LastDay:yyyy年M月d日}"), new("送达地址", added.DeliveryAddress ?? entity.Entity.Domicile)], added.LastDay, ct);
    }

    private async Task<Guid?> Resume(List<Suspension> all, RegisteredEntity entity, DecidedProcedure decided, DateOnly today, CancellationToken ct)
    {
        foreach (var open in all.Where(s => s.ResumedOn is null && s.LastDay >= today))
            open.Resume(today, decided.Procedure.CaseId);
        await licences.StateSuspension(entity, [.. all.Select(s => s.Period)], ct);
        return await licences.Notice(entity, decided, NoticeKind, "恢复营业通知书", [new("恢复营业", $"{today:yyyy年M月d日}")], null, ct);
    }
}
