using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>
/// 请申请人同意代改: sends the applicant a code that agrees to mend exactly what is asked now. For the clerk who filed the case or has its
/// correction in hand. Refused: it was answered already, the time has passed, codes too often.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record RequestMendingCode(Guid CaseId) : ICommand;

/// <summary>
/// 申请人同意代改: with the code the form is open to this clerk until the day ends, and only what was asked for can change. The newest
/// consent holds: a window that had the correction before loses it. A wrong code is an outcome that stays counted:
/// <c>counter.wrong-code</c>, <c>counter.code-locked</c>. Refused as <see cref="RequestMendingCode"/>.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record OpenCounterCorrection(Guid CaseId, string? Code) : ICommand<CounterOutcome>
{
    /// <summary>Without the code, so that a log line never holds it.</summary>
    public override string ToString() => $"{nameof(OpenCounterCorrection)} {CaseId}";
}

internal sealed class RequestMendingCodeHandler(
    PortalDbContext db, ICurrentUser user, CounterCodes codes, CounterHalls halls, CaseFiles files, OpenCorrections corrections, TimeProvider clock)
    : IRequestHandler<RequestMendingCode, Unit>
{
    public async Task<Unit> Handle(RequestMendingCode request, CancellationToken ct)
    {
        var (own, _, _) = await db.LockAtCounter(request.CaseId, user, clock.Today(), ct);
        var seat = await halls.MustSit(ct);
        var open = await corrections.MustBeOpen(own, files, ct);
        await db.TakeInHand(own, seat, user, clock.Today(), ct);
        await codes.SendToApplicant(own, CounterPurpose.Mend, codes.ContentOf(own, open), seat, ct);
        return Unit.Value;
    }
}

internal sealed class OpenCounterCorrectionHandler(
    PortalDbContext db, ICurrentUser user, CounterCodes codes, CounterHalls halls, CaseFiles files, OpenCorrections corrections, CaseJournal journal, TimeProvider clock)
    : IRequestHandler<OpenCounterCorrection, CounterOutcome>
{
    public async Task<CounterOutcome> Handle(OpenCounterCorrection request, CancellationToken ct)
    {
        var (own, _, correction) = await db.LockAtCounter(request.CaseId, user, clock.Today(), ct);
        var seat = await halls.MustSit(ct);
        var open = await corrections.MustBeOpen(own, files, ct);
        if (correction is null || await codes.Open(own, CounterPurpose.Mend, ct) is not { } code || code.ContentHash != codes.ContentOf(own, open))
            return CounterOutcome.No(CounterRefusals.WrongCode());
        if (await codes.Use(code.Id, request.Code ?? "", ct) is { } refusal)
            return CounterOutcome.No(refusal);
        var now = clock.GetUtcNow();
        await db.ConsentAtCounter(own.Id, user, now, ct);
        correction.TakenUp(seat, clock.Today());
        correction.Opened(now);
        journal.Record(own, CounterEvents.CorrectionOpened, new { seat.Hall, seat.Window, correction.Round });
        return CounterOutcome.Yes(own.Id);
    }
}
