using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

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

internal sealed class DecideCaseHandler(
    PortalDbContext db, ICurrentUser user, CaseFiles files, CasePromises promises, CaseJournal journal, CaseClock caseClock, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<DecideCase, Unit>
{
    public async Task<Unit> Handle(DecideCase request, CancellationToken ct)
    {
        var decided = await db.LockClaimed(request.CaseId, user, ct);
        if (request is { Decision: CaseAction.Approve })
            await MayBeApproved(decided, ct);
        if (await db.SpecialProcedureOf(decided, ct) is { } underWay)
            throw new RefusedException(CaseRefusals.SpecialProcedureFirst(underWay));
        var ticked = await Ticked(request, ct);
        var now = clock.GetUtcNow();
        journal.Move(decided, request.Decision, new { CheckedRules = ticked });
        db.Add(new CaseDecision
        {
            CaseId = decided.Id,
            Action = request.Decision,
            DecidedBy = user.Id,
            At = now,
            ProtectedOpinion = string.IsNullOrWhiteSpace(request.Opinion) ? null : cipher.Protect(request.Opinion.Trim(), CorrectionPurposes.Opinion),
            CheckedRules = [.. ticked],
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

    /// <summary>It was not approved before and taken back; what was promised has come; and what is looked at beside its predecessors in a bundle (预审) is approved after them.</summary>
    private async Task MayBeApproved(Case decided, CancellationToken ct)
    {
        // What an approval gave was taken back for good: licence, entry, number. A new approval would find it ended and give nothing.
        if (await db.CaseEvents.AnyAsync(e => e.CaseId == decided.Id && CaseWords.OfApproval.Contains(e.Kind), ct))
            throw new RefusedException(CaseRefusals.ApprovedBefore());
        await promises.MustHaveCome(decided, await files.Definition(decided.ServiceCode, decided.ServiceVersion, ct), ct);
        if (decided.WaitsFor.Length == 0)
            return;
        var before = await db.Cases.Where(c => c.BundleId == decided.BundleId && decided.WaitsFor.Contains(c.MemberCode)).Select(c => new { c.MemberCode, c.ServiceTitle, c.Outcome }).ToListAsync(ct);
        var open = decided.WaitsFor.Where(code => before.All(b => b.MemberCode != code || b.Outcome != CaseOutcome.Approved)).ToList();
        if (open.Count > 0)
            throw new RefusedException(CaseRefusals.PredecessorFirst(open.Select(code => before.FirstOrDefault(b => b.MemberCode == code)?.ServiceTitle ?? "前一步")));
    }

    /// <summary>The rules that did not pass and were ticked; to approve, all must be. One that fails reaches an officer only in a part that the portal opened itself (一件事). What names no rule of the run is no tick.</summary>
    private async Task<IReadOnlyList<string>> Ticked(DecideCase request, CancellationToken ct)
    {
        var run = await db.RuleRuns.AsNoTracking().Where(r => r.CaseId == request.CaseId).OrderByDescending(r => r.At).FirstOrDefaultAsync(ct);
        var referred = run?.Read(cipher).Where(r => r.Outcome != RuleOutcome.Pass).Select(r => r.RuleId).ToList() ?? [];
        var ticked = referred.Where(request.CheckedRules.Contains).ToList();
        return request.Decision != CaseAction.Approve || ticked.Count == referred.Count ? ticked : throw new RefusedException(CaseRefusals.RulesNotAcknowledged());
    }
}
