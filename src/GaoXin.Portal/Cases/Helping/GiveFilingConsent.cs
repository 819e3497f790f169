using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>
/// 同意帮办员替我填: lets the helper of the applicant's own draft or correction see and fill in the form for seven days. Put on
/// record in the case's history. Refused: nobody helps with the case, or it is not open for changes. Agreeing twice renews nothing.
/// </summary>
[ForCitizens]
public sealed record GiveFilingConsent(Guid CaseId, Guid HelperId) : ICommand;

/// <summary>收回同意: at once, also for a form that the member of staff has open (个人信息保护法 15). Ending nothing is no error.</summary>
[ForCitizens]
public sealed record EndFilingConsent(Guid CaseId) : ICommand;

internal sealed class GiveFilingConsentHandler(PortalDbContext db, ICurrentUser user, CaseJournal journal, TimeProvider clock) : IRequestHandler<GiveFilingConsent, Unit>
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    public async Task<Unit> Handle(GiveFilingConsent request, CancellationToken ct)
    {
        var (own, now) = (await db.LockOwnCase(request.CaseId, user, ct), clock.GetUtcNow());
        if (own.State is not (CaseState.Draft or CaseState.CorrectionRequested))
            throw new RefusedException(CaseRefusals.AlreadySubmitted());
        // The page named this helper: somebody else who took over meanwhile was not agreed to.
        if (!await db.CaseHelps.AnyAsync(h => h.CaseId == own.Id && h.HelperId == request.HelperId && h.EndedAt == null, ct))
            throw new RefusedException(CaseRefusals.OtherHelper());
        var open = await db.FilingConsents.SingleOrDefaultAsync(c => c.CaseId == own.Id && c.EndedAt == null, ct);
        if (open is not null && open.StaffId == request.HelperId && open.Holds(now))
            return Unit.Value;
        await db.EndConsent(own.Id, now, ct);
        var given = new FilingConsent { CaseId = own.Id, StaffId = request.HelperId, Kind = ConsentKind.Helper, GivenAt = now, ValidUntil = now + Lasts };
        db.Add(given);
        journal.Record(own, CaseWords.ConsentGiven, new { given.StaffId, given.ValidUntil });
        return Unit.Value;
    }
}

internal sealed class EndFilingConsentHandler(PortalDbContext db, ICurrentUser user, CaseJournal journal, TimeProvider clock) : IRequestHandler<EndFilingConsent, Unit>
{
    public async Task<Unit> Handle(EndFilingConsent request, CancellationToken ct)
    {
        var own = await db.LockOwnCase(request.CaseId, user, ct);
        if (await db.EndConsent(own.Id, clock.GetUtcNow(), ct))
            journal.Record(own, CaseWords.ConsentEnded);
        return Unit.Value;
    }
}
