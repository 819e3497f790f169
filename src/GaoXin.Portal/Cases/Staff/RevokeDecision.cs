using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>撤销决定: takes a decision back, with a reason; by a senior officer who did not make it.</summary>
[ForStaff(Roles.SeniorOfficer)]
public sealed record RevokeDecision(Guid CaseId, string Reason) : ICommand;

internal sealed class RevokeDecisionValidator : AbstractValidator<RevokeDecision>
{
    public RevokeDecisionValidator() => RuleFor(c => c.Reason).Must(r => r?.Trim().Length is >= 10 and <= 1000).WithMessage("请写清楚撤销的理由，至少 10 个字。");
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
        var licence = revoked.LicenceId;
        journal.Move(revoked, CaseAction.Revoke, new { Revoked = last.Id });
        var revocation = new CaseDecision
        {
            CaseId = revoked.Id,
            Action = CaseAction.Revoke,
            DecidedBy = user.Id,
            At = now,
            ProtectedOpinion = cipher.Protect(request.Reason.Trim(), CorrectionPurposes.Opinion),
        };
        db.Add(revocation);
        revoked.ReferToOfficer();
        await caseClock.Start(revoked, ClockKind.Promise, await files.Definition(revoked.ServiceCode, revoked.ServiceVersion, ct), ct);
        db.Raise(new DecisionRevoked(revocation.Id, revoked.Id, revoked.Number!, revoked.ServiceCode, revoked.Handler, licence), now);
        return Unit.Value;
    }
}
