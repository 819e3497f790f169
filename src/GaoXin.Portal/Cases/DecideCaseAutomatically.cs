using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// 智能审批: approves a submitted case at once when every rule of its stored run passed, around the clock; otherwise, or when
/// a material is still to come, leaves it to an officer. Never refuses. Repeatable. The answer is whether it was approved.
/// </summary>
[ForSystem]
public sealed record DecideCaseAutomatically(Guid CaseId) : ICommand<bool>;

/// <summary>Puts the licence on an approved case: issued and closed (出证、办结). Repeatable.</summary>
[ForSystem]
public sealed record CompleteCase(Guid CaseId, Guid? LicenceId) : ICommand;

internal sealed class DecideCaseAutomaticallyHandler(PortalDbContext db, ICurrentUser user, CaseJournal journal, CaseClock caseClock, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<DecideCaseAutomatically, bool>
{
    public async Task<bool> Handle(DecideCaseAutomatically request, CancellationToken ct)
    {
        var decided = await db.LockCase(request.CaseId, ct) ?? throw new NotFoundException("case");
        if (decided.State != CaseState.Submitted || decided.Referred)
            return decided.DecidedAutomatically;
        var run = await db.RuleRuns.AsNoTracking().Where(r => r.CaseId == decided.Id).OrderByDescending(r => r.At).FirstOrDefaultAsync(ct);
        if (run?.Outcome != RuleOutcome.Pass)
            return false;
        var now = clock.GetUtcNow();
        db.Add(new CaseDecision { CaseId = decided.Id, Action = CaseAction.ApproveAutomatically, DecidedBy = user.Id, At = now });
        journal.Move(decided, CaseAction.ApproveAutomatically, new { run.RuleSet, run.RuleSetVersion, Rules = run.Read(cipher).Count });
        await caseClock.Stop(decided, ct);
        db.Raise(new CaseDecided(decided.Id, decided.Number!, decided.ServiceCode, decided.Handler, Approved: true, Automatic: true), now);
        return true;
    }
}

internal sealed class CompleteCaseHandler(PortalDbContext db, CaseJournal journal, TimeProvider clock) : IRequestHandler<CompleteCase, Unit>
{
    public async Task<Unit> Handle(CompleteCase request, CancellationToken ct)
    {
        var completed = await db.LockCase(request.CaseId, ct) ?? throw new NotFoundException("case");
        if (completed.State == CaseState.Closed)
            return Unit.Value;
        if (request.LicenceId is { } licence)
        {
            completed.Licensed(licence);
            journal.Move(completed, CaseAction.Issue, new { LicenceId = licence });
        }

        journal.Move(completed, CaseAction.Close);
        db.Raise(new CaseClosed(completed.Id, completed.Number!, completed.ServiceCode, nameof(CaseOutcome.Approved)), clock.GetUtcNow());
        return Unit.Value;
    }
}
