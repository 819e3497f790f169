using System.Text.Json;
using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>The applicant's own submitted case: whose turn it is, by when, what happened (查进度).</summary>
[ForCitizens]
public sealed record GetCaseTrack(Guid CaseId) : IQuery<CaseTrack>;

/// <summary>The progress page.</summary>
public sealed record CaseTrack
{
    /// <summary>The case as in the list.</summary>
    public required MyCase Case { get; init; }

    /// <summary>The service's code, for the guide.</summary>
    public required string ServiceCode { get; init; }

    /// <summary>True for the case of a bundle (一件事), whose members stand beside it.</summary>
    public bool IsBundle { get; init; }

    /// <summary>The bundle that this case is a part of.</summary>
    public Guid? BundleId { get; init; }

    /// <summary>现在轮到谁: one sentence.</summary>
    public required string Turn { get; init; }

    /// <summary>True while the portal itself decides or issues: seconds, worth waiting for.</summary>
    public required bool AtWork { get; init; }

    /// <summary>最晚办好; null when nothing runs.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>True when the year's holiday notice is not out yet: 预计.</summary>
    public bool DueIsEstimated { get; init; }

    /// <summary>补正期限: the last day to mend what is asked; null when nothing is.</summary>
    public DateOnly? AnswerBy { get; init; }

    /// <summary>Promised working days: of an officer's decision, once the rules asked for one.</summary>
    public required int PromisedDays { get; init; }

    /// <summary>Working days used so far, without pauses.</summary>
    public required int UsedDays { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<TrackStep> Steps { get; init; }

    /// <summary>What the applicant is asked to mend now.</summary>
    public required IReadOnlyList<TrackRemark> Remarks { get; init; }

    /// <summary>What was asked for or done outside the guide, oldest first.</summary>
    public required IReadOnlyList<OutsideRequest> Outside { get; init; }

    /// <summary>What was promised in place of a material and is still to come, and what was found when a commitment was checked; of the members too.</summary>
    public IReadOnlyList<TrackPromise> Promises { get; init; } = [];

    /// <summary>Pauses with their reason: they do not count.</summary>
    public required IReadOnlyList<TrackPause> Pauses { get; init; }

    /// <summary>Why an officer looks, in plain words.</summary>
    public required IReadOnlyList<string> ReferReasons { get; init; }

    /// <summary>The reason of a refusal, or of a decision that was taken back.</summary>
    public string? Reason { get; init; }

    /// <summary>True when the last decision was taken back (撤销决定) and the case is looked at again.</summary>
    public required bool Revoked { get; init; }

    /// <summary>True while it can be withdrawn.</summary>
    public required bool MayWithdraw { get; init; }

    /// <summary>What it went through at a 综窗; null when it was filed without one.</summary>
    public CounterTrace? Counter { get; init; }
}

/// <summary>A step of the timeline.</summary>
public sealed record TrackStep(string Title, string? Note, DateTimeOffset At);

/// <summary>A remark on one field or material.</summary>
public sealed record TrackRemark(string Path, string Label, string Remark, string? PageId);

/// <summary>清单外要求: what the guide does not have, why the officer wants it all the same, and the files brought for it.</summary>
public sealed record OutsideRequest(ExceptionKind Kind, string Code, string What, string Reason, string By, DateTimeOffset At);

/// <summary>A promise in place of a material. Open when <paramref name="Outcome"/> is null.</summary>
public sealed record TrackPromise(Guid CaseId, string Code, string Title, PromiseKind Kind, DateOnly? DueOn, PromiseOutcome? Outcome, string? Finding);

/// <summary>A pause of the clock.</summary>
public sealed record TrackPause(string Reason, DateTimeOffset From, DateTimeOffset? To);

internal sealed class GetCaseTrackHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, OpenCorrections corrections, CounterTraces counters, IMediator mediator, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<GetCaseTrack, CaseTrack>
{
    public async Task<CaseTrack> Handle(GetCaseTrack request, CancellationToken ct)
    {
        var own = await db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == request.CaseId && c.ApplicantId == user.Id && c.Number != null, ct).OrNotFound("case");
        var service = await files.Definition(own.ServiceCode, own.ServiceVersion, ct);
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        var events = await db.CaseEvents.AsNoTracking().Where(e => e.CaseId == own.Id).OrderBy(e => e.Sequence).ToListAsync(ct);
        var segments = await db.ClockSegments.AsNoTracking().Where(s => s.CaseId == own.Id).OrderBy(s => s.From).ToListAsync(ct);
        var correction = await corrections.Of(own, service, ct);
        var outside = events.Any(e => e.Kind == CaseWords.ExceptionRecorded) ? await db.OutsideRequests(own.Id, cipher, ct) : [];
        var decision = await db.Set<CaseDecision>().AsNoTracking().Where(d => d.CaseId == own.Id).OrderByDescending(d => d.At).FirstOrDefaultAsync(ct);
        var run = own.Referred ? await db.RuleRuns.AsNoTracking().Where(r => r.CaseId == own.Id).OrderByDescending(r => r.At).FirstOrDefaultAsync(ct) : null;
        return new CaseTrack
        {
            Case = new MyCase(own.Id, own.Number, own.ServiceTitle, own.Subject, own.State, own.Outcome, own.DueOn, own.CreatedAt, own.SubmittedAt, own.LicenceId),
            ServiceCode = own.ServiceCode,
            IsBundle = own.Handler == ServiceDefinition.OneThing,
            BundleId = own.BundleId,
            Turn = segments is [.., { Paused: true, To: null, Reason: CasePromises.Waiting }] ? "轮到您：别的都审完了，请补交先办后补的材料"
                : own.State == CaseState.InReview && SpecialProcedures.UnderWay(segments) is { } name ? $"正在做“{name}”，这段时间不计入办理时间，您不用做什么"
                : Turn(own),
            AtWork = own is { State: CaseState.Submitted, Referred: false } or { State: CaseState.Decided, Outcome: CaseOutcome.Approved, LicenceId: null },
            DueOn = own.DueOn,
            DueIsEstimated = own.DueOn is { } due && calendar.IsEstimated(due),
            AnswerBy = correction?.AnswerBy,
            PromisedDays = own.PromisedDays is { } overridden ? overridden : own.Referred ? service.Clock.OfficerDays : service.Clock.PromisedDays,
            UsedDays = Used(segments, calendar),
            Steps = [.. events.Select(CaseWords.Step).OfType<TrackStep>()],
            Remarks = correction is null ? [] : corrections.Remarks(correction, service, outside),
            Outside = outside,
            Promises = own.Handler == ServiceDefinition.OneThing || events.Any(e => CaseWords.OfPromises.Contains(e.Kind)) ? await Promises(own, ct) : [],
            Pauses = [.. segments.Where(s => s.Paused).Select(s => new TrackPause(s.Reason, s.From, s.To))],
            ReferReasons = [.. run?.Reasons ?? []],
            Reason = decision is { Action: not CaseAction.Approve, ProtectedOpinion: { } opinion } ? cipher.Unprotect(opinion, CorrectionPurposes.Opinion) : null,
            Revoked = decision?.Action == CaseAction.Revoke,
            MayWithdraw = CaseTransitions.Allows(own.State, CaseAction.Withdraw),
            Counter = events.Any(e => e.Kind == CounterEvents.Opened) ? await counters.Of(own.Id, forApplicant: true, ct) : null,
        };
    }

    private async Task<IReadOnlyList<TrackPromise>> Promises(Case own, CancellationToken ct)
    {
        var rows = await (
            from p in db.MaterialPromises.AsNoTracking()
            join c in db.Cases on p.CaseId equals c.Id
            where (c.Id == own.Id || c.BundleId == own.Id) && (p.Kind == PromiseKind.Later ? p.EndedAt == null : p.CheckedBy != null)
            orderby p.DueOn, p.Id
            select new { Promise = p, c.ServiceCode, c.ServiceVersion }).ToListAsync(ct);
        var promises = new List<TrackPromise>();
        foreach (var row in rows)
        {
            var title = Labels.Of(await files.Definition(row.ServiceCode, row.ServiceVersion, ct), AnswerPath.OfMaterial(row.Promise.MaterialCode));
            promises.Add(new TrackPromise(row.Promise.CaseId, row.Promise.MaterialCode, title, row.Promise.Kind, row.Promise.DueOn, row.Promise.Outcome,
                row.Promise.ProtectedFinding is { } finding ? cipher.Unprotect(finding, MaterialPromise.FindingPurpose) : null));
        }

        return promises;
    }

    private int Used(List<ClockSegment> segments, WorkingCalendar calendar) =>
        CaseClock.Current(segments).Where(s => !s.Paused).Sum(s => calendar.CountWorkingDays(s.From.Day(), (s.To ?? clock.GetUtcNow()).Day()));

    private static string Turn(Case own) => own.State switch
    {
        CaseState.Submitted when !own.Referred => "系统正在审核，一般几秒钟，您不用做什么",
        CaseState.Submitted => "登记窗口会看一眼再受理，您不用做什么",
        CaseState.PreChecked => "轮到您：请预约时间，到大厅面签",
        CaseState.Accepted or CaseState.InReview when own.Handler == ServiceDefinition.OneThing => "各部门正在分头办，您不用做什么",
        CaseState.Accepted or CaseState.InReview when own.BundleId is not null => "这个部门正在审核，您不用做什么",
        CaseState.CorrectionRequested when own.BundleId is not null => "这个部门提了要改的地方，会和别的部门的一起告诉您",
        CaseState.Accepted or CaseState.InReview => "登记窗口正在审核，您不用做什么",
        CaseState.CorrectionRequested => "轮到您：请按要求补材料",
        CaseState.Decided when own.Outcome == CaseOutcome.Approved => "已经通过，正在出证",
        CaseState.Closed when own.Outcome == CaseOutcome.Approved => own.LicenceId is null ? "办好了" : "办好了，证照在“我的证照”里",
        CaseState.Withdrawn => "您已撤回，可以重新办",
        _ => "这件事已经结束",
    };
}

/// <summary>Events in the applicant's words.</summary>
internal static class CaseWords
{
    /// <summary>The kind of the event that stands beside an exception's row.</summary>
    public const string ExceptionRecorded = "ExceptionRecorded";

    /// <summary>The kind of the event that starts the promise clock where it counts from the signing.</summary>
    public const string CaseSigned = "CaseSigned";

    /// <summary>Events beside the rows of promises.</summary>
    public static readonly string[] OfPromises = [CasePromises.Promised, RecordCheckHandler.Checked];

    /// <summary>The kinds of the events about help and what the applicant agreed to.</summary>
    public const string HelperAssigned = "HelperAssigned";

    public const string ConsentGiven = "ConsentGiven";

    public const string ConsentEnded = "ConsentEnded";

    /// <summary>The kinds of the events of an approval.</summary>
    public static readonly string[] OfApproval = [nameof(CaseAction.Approve), nameof(CaseAction.ApproveAutomatically)];

    public static TrackStep? Step(CaseEvent happened) => happened.Kind switch
    {
        CounterEvents.Confirmed => new("您在综窗用验证码签名确认", $"代填：{happened.Actor}。验证码发到您的手机，只对您看过的内容有效。", happened.At),
        CounterEvents.HandedOver => new("结果已领取", $"发件：{happened.Actor}", happened.At),
        nameof(CaseAction.Submit) => new("您提交了申请", null, happened.At),
        nameof(CaseAction.ApproveAutomatically) => new("系统审核通过", "每条规则都通过，没有人工环节。您要人工再看，可以打 12345。", happened.At),
        nameof(CaseAction.PreCheck) => new("预审通过", $"经办：{happened.Actor}。材料看过了，请预约时间到大厅面签。", happened.At),
        CaseSigned => new("您到大厅面签了", "办理时间从面签这天算起。", happened.At),
        nameof(CaseAction.Accept) => new("收下了（受理）", $"经办：{happened.Actor}", happened.At),
        nameof(CaseAction.RefuseToAccept) => new("这次不能办（不予受理）", null, happened.At),
        nameof(CaseAction.RequestCorrection) => new("请您补材料（补正）", "等您补材料的时间不计入办理时间。", happened.At),
        nameof(CaseAction.Resubmit) => new("您补好了材料", null, happened.At),
        ExceptionRecorded => new("工作人员提了指南以外的要求", $"经办：{happened.Actor}。理由写在上面，监督人员也看得到。", happened.At),
        PublishedSteps.Taken => new($"做了一步：{StepOf(happened)}", $"经办：{happened.Actor}", happened.At),
        SpecialProcedures.Ended => new($"做完了：{StepOf(happened)}", "做这一步的时间不计入办理时间。", happened.At),
        CasePromises.Promised => new("您保证以后补交一份材料", "先收下、先审，补齐了出结果。", happened.At),
        CasePromises.HandedIn => new("您补交了材料", null, happened.At),
        WaitForMaterialHandler.Waits => new("别的都审完了，等您补交材料", "等您补交的时间不计入办理时间。", happened.At),
        RecordCheckHandler.Checked => new("工作人员核查了您的承诺", $"经办：{happened.Actor}", happened.At),
        nameof(CaseAction.Lapse) => new(happened.Detail.Contains(LapsePreCheckHandler.Unbooked, StringComparison.Ordinal) ? "没按时约面签，已结束" : "没按时补材料，已结束", "可以重新办，填过的内容不用再填一遍。", happened.At),
        nameof(CaseAction.Approve) => new("审核通过", $"经办：{happened.Actor}", happened.At),
        nameof(CaseAction.Refuse) => new("没有通过（不予登记）", $"经办：{happened.Actor}", happened.At),
        nameof(CaseAction.Issue) => new("证照已生成", "电子证照在“我的证照”里，可以马上用。", happened.At),
        nameof(CaseAction.Withdraw) => new("您撤回了申请", null, happened.At),
        nameof(CaseAction.Revoke) => new("决定已撤销，重新审核", null, happened.At),
        HelperAssigned => new("有帮办员了", "姓名和电话在这一页上，有事直接打。", happened.At),
        ConsentGiven => new("您同意工作人员替您填表", null, happened.At),
        "Signed" => new(happened.Actor == CaseJournal.Applicant ? "您签了名" : "一位签名人签了名", null, happened.At),
        _ => null,
    };

    /// <summary>The published name of the step in an event.</summary>
    public static string StepOf(CaseEvent happened)
    {
        using var detail = JsonDocument.Parse(happened.Detail);
        return detail.RootElement.GetProperty("step").GetString() ?? "";
    }

    public static string? PageOf(ServiceDefinition service, string path) =>
        service.Pages.FirstOrDefault(p => p.Has(path))?.Id;
}
