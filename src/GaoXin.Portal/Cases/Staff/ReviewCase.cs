using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>领取: takes a case of the own department for oneself. Refused when a colleague has it, or when it is decided or over.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record ClaimCase(Guid CaseId) : ICommand;

/// <summary>领下一件: claims the open, unclaimed case of the own department that is due first; null when there is none.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record ClaimNextCase : ICommand<Guid?>;

/// <summary>放回: gives a claimed case back to the list.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record ReleaseCase(Guid CaseId) : ICommand;

/// <summary>受理并开始审查: stamps the acceptance, starts the promise clock and the review in one step.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record AcceptCase(Guid CaseId) : ICommand;

/// <summary>
/// 要求补正, once and complete (一次性告知，行政许可法 32): remarks on single fields, rows or materials; only these open for the
/// applicant; the clock pauses. Refused: nothing chosen, or something that the item's form does not have.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record RequestCorrection : ICommand
{
    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>What to mend, by path (<c>key</c>, <c>group/rowId/key</c>, <c>material:code</c>), in plain words.</summary>
    public required IReadOnlyDictionary<string, string> Remarks { get; init; }
}

/// <summary>
/// Decides a case under review: approves (every referred rule must be ticked as looked at) or refuses with a reason the
/// applicant reads. Also 不予受理 for a case not yet accepted.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record DecideCase : ICommand
{
    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>Approve, Refuse or RefuseToAccept.</summary>
    public required CaseAction Decision { get; init; }

    /// <summary>审查意见; of a refusal, the reason, at least 10 characters.</summary>
    public string? Opinion { get; init; }

    /// <summary>Ids of referred rules the officer has looked at.</summary>
    public IReadOnlyList<string> CheckedRules { get; init; } = [];
}

/// <summary>撤销决定: takes a decision back, with a reason; by a senior officer who did not make it.</summary>
[ForStaff(Roles.SeniorOfficer)]
public sealed record RevokeDecision(Guid CaseId, string Reason) : ICommand;

internal sealed class RequestCorrectionValidator : AbstractValidator<RequestCorrection>
{
    public RequestCorrectionValidator()
    {
        RuleFor(c => c.Remarks).NotEmpty().WithMessage(CaseRefusals.CorrectionEmpty().Message);
        RuleForEach(c => c.Remarks).Must(r => r.Value.Trim().Length is >= 4 and <= 300).WithMessage("请用大白话写清楚要怎么改，4 到 300 个字。");
    }
}

internal sealed class DecideCaseValidator : AbstractValidator<DecideCase>
{
    public DecideCaseValidator()
    {
        RuleFor(c => c.Decision).Must(d => d is CaseAction.Approve or CaseAction.Refuse or CaseAction.RefuseToAccept);
        RuleFor(c => c.Opinion).MaximumLength(1000).WithMessage("意见最多 1000 个字。");
        RuleFor(c => c.Opinion).Must(o => o?.Trim().Length >= 10).When(c => c.Decision != CaseAction.Approve)
            .WithMessage("请写清楚理由和接下来能怎么办，至少 10 个字。申请人看得到。");
    }
}

internal sealed class RevokeDecisionValidator : AbstractValidator<RevokeDecision>
{
    public RevokeDecisionValidator() => RuleFor(c => c.Reason).Must(r => r?.Trim().Length is >= 10 and <= 1000).WithMessage("请写清楚撤销的理由，至少 10 个字。");
}

/// <summary>What every handler of a review needs: the case of the own department, locked.</summary>
internal static class Reviewing
{
    public static async Task<Case> LockForStaff(this PortalDbContext db, Guid caseId, ICurrentUser user, CancellationToken ct)
    {
        var found = await db.LockCase(caseId, ct);
        return found is not null && found.State != CaseState.Draft && found.Number is not null && found.Department == user.DepartmentCode
            ? found
            : throw new NotFoundException("case");
    }

    public static async Task<Case> LockClaimed(this PortalDbContext db, Guid caseId, ICurrentUser user, CancellationToken ct)
    {
        var found = await db.LockForStaff(caseId, user, ct);
        return found.ClaimedBy == user.Id ? found : throw new RefusedException(found.ClaimedBy is null ? CaseRefusals.NotClaimed() : CaseRefusals.ClaimedByAnother());
    }
}

internal sealed class ClaimCaseHandler(PortalDbContext db, ICurrentUser user, CaseJournal journal, TimeProvider clock) : IRequestHandler<ClaimCase, Unit>
{
    public async Task<Unit> Handle(ClaimCase request, CancellationToken ct)
    {
        var claimed = await db.LockForStaff(request.CaseId, user, ct);
        if (claimed.ClaimedBy == user.Id)
            return Unit.Value;
        if (!CaseTransitions.Workable(claimed.State))
            throw new RefusedException(CaseRefusals.AlreadyOver());
        claimed.Claim(user.Id, clock.GetUtcNow());
        journal.Record(claimed, "Claimed");
        return Unit.Value;
    }
}

internal sealed class ClaimNextCaseHandler(PortalDbContext db, ICurrentUser user, CaseJournal journal, TimeProvider clock) : IRequestHandler<ClaimNextCase, Guid?>
{
    public async Task<Guid?> Handle(ClaimNextCase request, CancellationToken ct)
    {
        var department = user.DepartmentCode;
        var next = await db.Cases.FromSql($"""
            SELECT * FROM cases.cases
            WHERE department = {department} AND state IN ('Submitted', 'Accepted', 'InReview') AND claimed_by IS NULL AND referred
            ORDER BY due_on, id LIMIT 1 FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        if (next.SingleOrDefault() is not { } claimed)
            return null;
        claimed.Claim(user.Id, clock.GetUtcNow());
        journal.Record(claimed, "Claimed");
        return claimed.Id;
    }
}

internal sealed class ReleaseCaseHandler(PortalDbContext db, ICurrentUser user, CaseJournal journal) : IRequestHandler<ReleaseCase, Unit>
{
    public async Task<Unit> Handle(ReleaseCase request, CancellationToken ct)
    {
        var released = await db.LockClaimed(request.CaseId, user, ct);
        released.Release();
        journal.Record(released, "Released");
        return Unit.Value;
    }
}

internal sealed class AcceptCaseHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock)
    : IRequestHandler<AcceptCase, Unit>
{
    public async Task<Unit> Handle(AcceptCase request, CancellationToken ct)
    {
        var accepted = await db.LockClaimed(request.CaseId, user, ct);
        journal.Move(accepted, CaseAction.Accept);
        journal.Move(accepted, CaseAction.StartReview);
        await caseClock.Start(accepted, ClockKind.Promise, await files.Definition(accepted.ServiceCode, accepted.ServiceVersion, ct), ct);
        return Unit.Value;
    }
}

internal sealed class RequestCorrectionHandler(
    PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock, PersonalDataCipher cipher, IMediator mediator, TimeProvider clock)
    : IRequestHandler<RequestCorrection, Unit>
{
    public async Task<Unit> Handle(RequestCorrection request, CancellationToken ct)
    {
        var asked = await db.LockClaimed(request.CaseId, user, ct);
        var file = await files.Open(asked, ct);
        foreach (var path in request.Remarks.Keys.Where(p => !InForm(file, p)))
            throw new RefusedException(CaseRefusals.UnknownMaterial() with { Field = path });
        journal.Move(asked, CaseAction.RequestCorrection, new { Round = asked.CorrectionRounds + 1, Paths = request.Remarks.Keys });
        var now = clock.GetUtcNow();
        foreach (var (path, remark) in request.Remarks)
        {
            db.Add(new CorrectionItem
            {
                CaseId = asked.Id,
                Round = asked.CorrectionRounds,
                Path = path,
                ProtectedRemark = cipher.Protect(remark.Trim(), CorrectionPurposes.Remark),
                RequestedBy = user.Id,
                RequestedAt = now,
            });
        }

        await caseClock.Pause(asked, "等您补材料", file.Service, ct);
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        var answerBy = calendar.AddWorkingDays(now.Day(), file.Service.Clock.CorrectionDays);
        db.Raise(new CorrectionRequested(asked.Id, asked.Number!, asked.CorrectionRounds, request.Remarks.Count, answerBy), now);
        return Unit.Value;
    }

    /// <summary>Only what the published form has may be asked for (清单之外无审批、指南之外无材料).</summary>
    private static bool InForm(CaseFile file, string path)
    {
        if (path.StartsWith("material:", StringComparison.Ordinal))
            return file.Service.Materials.Any(m => m.Source == MaterialSource.Applicant && path == $"material:{m.Code}");
        var parts = path.Split('/');
        var use = file.Service.AllFields().FirstOrDefault(f => f.Key == parts[^1]);
        return use is not null && use.Computed is null && (parts.Length == 1 || file.Form.Visible.Rows(parts[0]).Any(r => r.Id == parts[1]));
    }
}

internal sealed class DecideCaseHandler(
    PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<DecideCase, Unit>
{
    public async Task<Unit> Handle(DecideCase request, CancellationToken ct)
    {
        var decided = await db.LockClaimed(request.CaseId, user, ct);
        if (request is { Decision: CaseAction.Approve } && decided.LicenceId is not null)
            throw new RefusedException(CaseRefusals.AlreadyLicensed());
        if (request.Decision == CaseAction.Approve)
            await MustBeChecked(request, ct);
        var now = clock.GetUtcNow();
        journal.Move(decided, request.Decision, new { request.CheckedRules });
        db.Add(new CaseDecision
        {
            CaseId = decided.Id,
            Action = request.Decision,
            DecidedBy = user.Id,
            At = now,
            ProtectedOpinion = string.IsNullOrWhiteSpace(request.Opinion) ? null : cipher.Protect(request.Opinion.Trim(), CorrectionPurposes.Opinion),
            CheckedRules = [.. request.CheckedRules],
        });
        await caseClock.Stop(decided, ct);
        if (request.Decision == CaseAction.Approve)
        {
            db.Raise(new CaseDecided(decided.Id, decided.Number!, decided.ServiceCode, decided.Handler, Approved: true, Automatic: false), now);
            return Unit.Value;
        }

        await Drop(decided, request.Decision, now, ct);
        return Unit.Value;
    }

    private async Task Drop(Case dropped, CaseAction decision, DateTimeOffset now, CancellationToken ct)
    {
        var file = await files.Open(dropped, ct);
        await file.Handler.OnDropped(file.Context(), ct);
        if (decision == CaseAction.Refuse)
        {
            db.Raise(new CaseDecided(dropped.Id, dropped.Number!, dropped.ServiceCode, dropped.Handler, Approved: false, Automatic: false), now);
            journal.Move(dropped, CaseAction.Close);
        }

        db.Raise(new CaseClosed(dropped.Id, dropped.Number!, dropped.ServiceCode, dropped.Outcome.ToString()!), now);
    }

    private async Task MustBeChecked(DecideCase request, CancellationToken ct)
    {
        var run = await db.RuleRuns.AsNoTracking().Where(r => r.CaseId == request.CaseId).OrderByDescending(r => r.At).FirstOrDefaultAsync(ct);
        if (run?.Results.Any(r => r.Outcome == RuleOutcome.Refer && !request.CheckedRules.Contains(r.RuleId)) ?? false)
            throw new RefusedException(CaseRefusals.RulesNotAcknowledged());
    }
}

internal sealed class RevokeDecisionHandler(
    PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<RevokeDecision, Unit>
{
    public async Task<Unit> Handle(RevokeDecision request, CancellationToken ct)
    {
        var revoked = await db.LockForStaff(request.CaseId, user, ct);
        var last = await db.Set<CaseDecision>().AsNoTracking().Where(d => d.CaseId == revoked.Id).OrderByDescending(d => d.At).FirstOrDefaultAsync(ct)
            .OrNotFound("decision");
        if (last.DecidedBy == user.Id)
            throw new RefusedException(CaseRefusals.SecondPerson());
        var now = clock.GetUtcNow();
        journal.Move(revoked, CaseAction.Revoke, new { Revoked = last.Id });
        db.Add(new CaseDecision
        {
            CaseId = revoked.Id,
            Action = CaseAction.Revoke,
            DecidedBy = user.Id,
            At = now,
            ProtectedOpinion = cipher.Protect(request.Reason.Trim(), CorrectionPurposes.Opinion),
        });
        revoked.ReferToOfficer();
        await caseClock.Start(revoked, ClockKind.Promise, await files.Definition(revoked.ServiceCode, revoked.ServiceVersion, ct), ct);
        db.Raise(new DecisionRevoked(revoked.Id, revoked.Number!, revoked.ServiceCode, revoked.Handler, revoked.LicenceId), now);
        return Unit.Value;
    }
}
