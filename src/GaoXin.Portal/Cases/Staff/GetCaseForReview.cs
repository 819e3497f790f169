using FluentValidation;
using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>A case of the own department as an officer sees it: answers masked, materials, rule results, history.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record GetCaseForReview(Guid CaseId) : IQuery<CaseForReview>;

/// <summary>The case page of staff.</summary>
public sealed record CaseForReview
{
    /// <summary>The line as in the list.</summary>
    public required WorkLine Line { get; init; }

    /// <summary>Answers, personal data masked.</summary>
    public required IReadOnlyList<SummarySection> Sections { get; init; }

    /// <summary>Answers, and how many of them are shared data.</summary>
    public int SharedCount => Sections.Sum(s => s.Lines.Count(l => l.Source is not null));

    /// <summary>The materials with their files.</summary>
    public required IReadOnlyList<MaterialView> Materials { get; init; }

    /// <summary>The newest rule run, refers first; empty when the service has no rules.</summary>
    public required IReadOnlyList<RuleResult> Rules { get; init; }

    /// <summary>Everything that happened, newest first.</summary>
    public required IReadOnlyList<HistoryLine> History { get; init; }

    /// <summary>Fields changed in the last correction round, by path.</summary>
    public required IReadOnlyList<string> ChangedPaths { get; init; }

    /// <summary>What the last correction round asked for, by path, in the officer's words.</summary>
    public required IReadOnlyDictionary<string, string> Remarks { get; init; }

    /// <summary>The paths of the answers that the applicant can change: only these may be asked for.</summary>
    public required IReadOnlySet<string> Mendable { get; init; }

    /// <summary>What an approval gives, for example 营业执照; null when it gives nothing.</summary>
    public string? Gives { get; init; }

    /// <summary>What was asked for or done outside the published version.</summary>
    public required IReadOnlyList<OutsideRequest> Outside { get; init; }

    /// <summary>Files that came for materials outside the published version, by the material's code.</summary>
    public required ILookup<string, AttachmentView> OutsideFiles { get; init; }

    /// <summary>The steps of the published version that can be recorded by hand.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>Signatures: who, as what, when.</summary>
    public required IReadOnlyList<SignerView> Signers { get; init; }

    /// <summary>What may be done now.</summary>
    public required IReadOnlyList<CaseAction> Actions { get; init; }

    /// <summary>True when it may be claimed.</summary>
    public required bool MayClaim { get; init; }

    /// <summary>True when this senior officer may try to take the decision back (撤销); who made it may not.</summary>
    public required bool MayRevoke { get; init; }

    /// <summary>What was promised for later and has not come: its last day by the material's code.</summary>
    public required IReadOnlyDictionary<string, DateOnly> Promised { get; init; }

    /// <summary>True when only that is missing may be said now: the clock then stands still.</summary>
    public bool MayWait => Promised.Count > 0 && Line is { Mine: true, State: CaseState.InReview, DueOn: not null };

    /// <summary>The 特别程序 that is under way; the clock stands still.</summary>
    public string? UnderWay { get; init; }

    /// <summary>The licence, once issued.</summary>
    public Guid? LicenceId { get; init; }

    /// <summary>受理大厅, 受理人: what it went through at a 综窗; null when it was filed without one.</summary>
    public CounterTrace? Counter { get; init; }
}

/// <summary>A line of the history; of a decision <paramref name="Opinion"/> is what the officer wrote.</summary>
public sealed record HistoryLine(string Kind, string Text, string Actor, DateTimeOffset At, string? Opinion = null);

/// <summary>
/// Reads one masked value whole, with a reason of at least 5 characters that the person can see (个人信息保护法 44, 55). The
/// read is recorded before the value is answered.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record RevealValue(Guid CaseId, string Path, string Reason) : ICommand<string>;

internal sealed class RevealValueValidator : AbstractValidator<RevealValue>
{
    public RevealValueValidator()
    {
        RuleFor(c => c.Path).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Reason).Must(r => r?.Trim().Length is >= 5 and <= 200).WithMessage("请写明查看的原因，至少 5 个字。当事人看得到。");
    }
}

internal sealed class GetCaseForReviewHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CounterTraces counters, PersonalDataCipher cipher) : IRequestHandler<GetCaseForReview, CaseForReview>
{
    private static readonly string[] Deciding = [nameof(CaseAction.Approve), nameof(CaseAction.Refuse), nameof(CaseAction.RefuseToAccept), nameof(CaseAction.Revoke)];

    public async Task<CaseForReview> Handle(GetCaseForReview request, CancellationToken ct)
    {
        var found = await db.Cases.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == request.CaseId && c.Department == user.DepartmentCode && c.Number != null, ct).OrNotFound("case");
        var revisions = await db.CaseRevisions.AsNoTracking().Where(r => r.CaseId == found.Id && r.FrozenAt != null).OrderByDescending(r => r.Ordinal).Take(2).ToListAsync(ct);
        var file = await files.Open(found, revisions[0], ct);
        var run = await db.RuleRuns.AsNoTracking().Where(r => r.CaseId == found.Id).OrderByDescending(r => r.At).FirstOrDefaultAsync(ct);
        var events = await db.CaseEvents.AsNoTracking().Where(e => e.CaseId == found.Id).OrderByDescending(e => e.Sequence).ToListAsync(ct);
        var attachments = await db.Attachments.AsNoTracking().Where(a => a.CaseId == found.Id && a.RemovedAt == null).OrderBy(a => a.UploadedAt).ToListAsync(ct);
        var signatures = await db.Signatures.AsNoTracking().Where(s => s.CaseId == (found.BundleId ?? found.Id)).ToListAsync(ct);
        var remarks = found.CorrectionRounds == 0 ? [] : await Remarks(found, ct);
        var opinions = events.Any(e => Deciding.Contains(e.Kind)) ? await Opinions(found, ct) : [];
        var promised = events.Any(e => e.Kind == CasePromises.Promised) ? await Promised(found, ct) : [];
        var mine = found.ClaimedBy == user.Id;
        var sections = SummaryOf.Form(file, file.Revision.Origins, mask: true);
        return new CaseForReview
        {
            Line = new WorkLine(found.Id, found.Number!, found.ServiceTitle, found.Subject, found.State, found.Outcome, found.DueOn, found.SubmittedAt!.Value, mine, found.ClaimedBy is not null && !mine, true) { Green = found.GreenChannel },
            Sections = sections,
            Mendable = sections.SelectMany(s => s.Lines).Select(l => l.Path).Where(p => Cases.Staff.Mendable.Holds(file, p)).ToHashSet(),
            Gives = file.Service.Result?.Title,
            Materials = Materials(file, attachments, promised),
            Promised = promised,
            Rules = [.. (run?.Read(cipher) ?? []).OrderByDescending(r => r.Outcome)],
            History = [.. events.Select(e => new HistoryLine(e.Kind, StaffWords.Of(e), e.Actor, e.At, opinions.GetValueOrDefault((e.Kind, e.At.ToUnixTimeSeconds()))))],
            ChangedPaths = revisions.Count < 2 ? [] : Changed(revisions[0].Read(cipher), revisions[1].Read(cipher)),
            Remarks = remarks,
            Outside = events.Any(e => e.Kind == CaseWords.ExceptionRecorded) ? await db.OutsideRequests(found.Id, cipher, ct) : [],
            OutsideFiles = attachments.Where(a => CaseException.IsExtra(a.MaterialCode)).ToLookup(a => a.MaterialCode, a => a.View(cipher)),
            Steps = PublishedSteps.Of(file.Service),
            UnderWay = await db.SpecialProcedureOf(found, ct),
            Signers = [.. signatures.Select(s => new SignerView(Masking.Name(cipher.Unprotect(s.ProtectedName, Signing.NamePurpose)), s.Role, false, true, s.SignedHash is not null, s.SignedAt))],
            Actions = mine ? [.. Enum.GetValues<CaseAction>().Where(a => CaseTransitions.Allows(found.State, a) && PreChecking.Offers(file.Service, found.State, a) && !(a == CaseAction.Approve && events.Any(e => CaseWords.OfApproval.Contains(e.Kind))))] : [],
            MayClaim = found.ClaimedBy is null && CaseTransitions.Workable(found.State),
            MayRevoke = user.IsInRole(Roles.SeniorOfficer) && CaseTransitions.Allows(found.State, CaseAction.Revoke)
                && found.Outcome is CaseOutcome.Approved or CaseOutcome.Refused or CaseOutcome.NotAccepted,
            LicenceId = found.LicenceId,
            Counter = events.Any(e => e.Kind == CounterEvents.Opened) ? await counters.Of(found.Id, forApplicant: false, ct) : null,
        };
    }

    private async Task<Dictionary<string, DateOnly>> Promised(Case of, CancellationToken ct) =>
        await db.MaterialPromises.AsNoTracking().Where(p => p.CaseId == of.Id && p.Kind == PromiseKind.Later && p.EndedAt == null).ToDictionaryAsync(p => p.MaterialCode, p => p.DueOn!.Value, ct);

    private IReadOnlyList<MaterialView> Materials(CaseFile file, List<Attachment> attachments, Dictionary<string, DateOnly> promised) =>
        [.. file.Service.Materials.Where(m => CaseFiles.Wanted(m, file) || promised.ContainsKey(m.Code) || attachments.Any(a => a.MaterialCode == m.Code))
            .Select(m => new MaterialView(m, CaseFiles.Wanted(m, file), null, [.. attachments.Where(a => a.MaterialCode == m.Code).Select(a => a.View(cipher))]))];

    private async Task<Dictionary<string, string>> Remarks(Case of, CancellationToken ct) =>
        (await db.CorrectionItems.AsNoTracking().Where(i => i.CaseId == of.Id && i.Round == of.CorrectionRounds).ToListAsync(ct))
            .ToDictionary(i => i.Path, i => cipher.Unprotect(i.ProtectedRemark, CorrectionPurposes.Remark));

    /// <summary>What was written with each decision, found by its event: both carry the same instant.</summary>
    private async Task<Dictionary<(string Kind, long Second), string>> Opinions(Case of, CancellationToken ct)
    {
        var decisions = await db.Set<CaseDecision>().AsNoTracking().Where(d => d.CaseId == of.Id && d.ProtectedOpinion != null).OrderBy(d => d.At).ToListAsync(ct);
        var opinions = new Dictionary<(string Kind, long Second), string>();
        foreach (var decision in decisions)
            opinions[(decision.Action.ToString(), decision.At.ToUnixTimeSeconds())] = cipher.Unprotect(decision.ProtectedOpinion!, CorrectionPurposes.Opinion);
        return opinions;
    }

    private static IReadOnlyList<string> Changed(Answers now, Answers before)
    {
        var rows = now.Groups.SelectMany(g => now.Rows(g).SelectMany(r => r.Values.Keys.Select(k => $"{g}/{r.Id}/{k}")));
        return [.. now.Values.Keys.Concat(rows).Where(p => now.At(p) != before.At(p))];
    }
}

internal sealed class RevealValueHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, IMediator mediator) : IRequestHandler<RevealValue, string>
{
    public async Task<string> Handle(RevealValue request, CancellationToken ct)
    {
        var found = await db.LockForStaff(request.CaseId, user, ct);
        var submitted = await db.CaseRevisions.Where(r => r.CaseId == found.Id && r.FrozenAt != null).OrderByDescending(r => r.Ordinal).FirstAsync(ct);
        var file = await files.Open(found, submitted, ct);
        var value = file.Form.Visible.At(request.Path) ?? throw new NotFoundException("value");
        var label = Labels.Of(file.Service, request.Path);
        await mediator.Send(new RecordPersonalDataRead { SubjectAccountId = found.ApplicantId, CaseId = found.Id, Field = label, Reason = request.Reason.Trim() }, ct);
        journal.Record(found, "Revealed", new { request.Path });
        return value;
    }
}

/// <summary>Events in the words of staff.</summary>
internal static class StaffWords
{
    public static string Of(CaseEvent happened) => happened.Kind switch
    {
        PublishedSteps.Taken => $"做了一步：{CaseWords.StepOf(happened)}",
        SpecialProcedures.Ended => $"做完了：{CaseWords.StepOf(happened)}",
        _ => Of(happened.Kind),
    };

    private static string Of(string kind) => kind switch
    {
        "Started" => "开始填写",
        "PageSaved" => "保存一页",
        "AttachmentAdded" => "上传材料",
        "AttachmentRemoved" => "删除材料",
        CounterEvents.Opened => "申请人同意综窗代填",
        CounterEvents.IssuingChosen => "选了在哪里领结果",
        CounterEvents.CorrectionFound => "综窗查到要补正的件",
        CounterEvents.CorrectionOpened => "申请人同意综窗代改",
        CounterEvents.Confirmed => "申请人在综窗用验证码签名确认",
        CounterEvents.HandedOver => "结果已发出",
        "SignaturesAsked" => "请人签名",
        "Signed" => "签名",
        "Disputed" => "申请人说共享数据不对",
        "Claimed" => "领取",
        "Released" => "放回待办",
        "Revealed" => "查看完整个人信息",
        CaseWords.HelperAssigned => "安排帮办员",
        CaseWords.ConsentGiven => "申请人同意代填",
        CaseWords.ConsentEnded => "代填的同意结束",
        CaseWords.ExceptionRecorded => "提出清单外要求",
        CasePromises.Promised => "保证以后补交一份材料",
        CasePromises.HandedIn => "补交了先办后补的材料",
        WaitForMaterialHandler.Waits => "审完，等申请人补交",
        RecordCheckHandler.Checked => "核查承诺",
        nameof(CaseAction.Submit) => "提交申请",
        nameof(CaseAction.ApproveAutomatically) => "智能审批准予",
        nameof(CaseAction.PreCheck) => "预审通过",
        CaseWords.CaseSigned => "申请人在大厅面签",
        nameof(CaseAction.Accept) => "受理",
        nameof(CaseAction.RefuseToAccept) => "不予受理",
        nameof(CaseAction.StartReview) => "开始审查",
        nameof(CaseAction.RequestCorrection) => "要求补正",
        nameof(CaseAction.Resubmit) => "补正后再交",
        nameof(CaseAction.Lapse) => "到期没办，结束",
        nameof(CaseAction.Approve) => "准予登记",
        nameof(CaseAction.Refuse) => "不予登记",
        nameof(CaseAction.Issue) => "出证",
        nameof(CaseAction.Close) => "办结",
        nameof(CaseAction.Withdraw) => "申请人撤回",
        nameof(CaseAction.Revoke) => "撤销决定",
        _ => kind,
    };
}
