using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>
/// 申请人同意代填: with the code that the applicant read out, the applicant's draft of the service is opened or taken up, an account is
/// opened when there is none, and the consent is recorded for this clerk until the day ends. A wrong code is an outcome that stays counted:
/// <c>counter.wrong-code</c>, <c>counter.code-locked</c>.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record OpenCounterFiling(Guid CodeId, string? Code) : ICommand<CounterOutcome>
{
    /// <summary>Without the code, so that a log line never holds it.</summary>
    public override string ToString() => $"{nameof(OpenCounterFiling)} {CodeId}";
}

internal sealed class OpenCounterFilingHandler(
    PortalDbContext db, ICurrentUser user, CounterCodes codes, CounterHalls halls, Drafts drafts, IPeople people, IMediator mediator, CaseJournal journal, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<OpenCounterFiling, CounterOutcome>
{
    public async Task<CounterOutcome> Handle(OpenCounterFiling request, CancellationToken ct)
    {
        var seat = await halls.MustSit(ct);
        var code = await db.CounterCodes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == request.CodeId && c.ClerkId == user.Id && c.For == CounterPurpose.Fill, ct).OrNotFound("code");
        if (await codes.Use(code.Id, request.Code ?? "", ct) is { } refusal)
            return CounterOutcome.No(refusal);
        var applicant = code.ApplicantId ?? await OpenAccount(code, ct);
        var id = await drafts.Open(applicant, null, code.ServiceCode, ct);
        // A new draft must be there before it can be locked.
        var draft = db.Cases.Local.FirstOrDefault(c => c.Id == id) ?? await db.LockCase(id, ct) ?? throw new NotFoundException("case");
        await db.ConsentAtCounter(draft.Id, user, clock.GetUtcNow(), ct);
        await TakeUp(draft, seat, ct);
        journal.Record(draft, CounterEvents.Opened, new { seat.Hall, seat.Window });
        return CounterOutcome.Yes(id);
    }

    private Task<Guid> OpenAccount(CounterCode code, CancellationToken ct) => mediator.Send(new OpenAccountAtCounter(
        cipher.Unprotect(code.ProtectedPhone, CounterCode.PersonPurpose), cipher.Unprotect(code.ProtectedName!, CounterCode.PersonPurpose),
        cipher.Unprotect(code.ProtectedIdNumber!, CounterCode.PersonPurpose), code.RealNameMethod ?? ""), ct);

    private async Task TakeUp(Case draft, CounterSeat seat, CancellationToken ct)
    {
        var filing = await db.CounterFilings.SingleOrDefaultAsync(f => f.CaseId == draft.Id, ct);
        if (filing is not null)
        {
            filing.TakenUp(seat, user, clock.Today());
            return;
        }

        var name = (await people.Find(draft.ApplicantId, ct))?.Name ?? "";
        db.Add(new CounterFiling
        {
            CaseId = draft.Id,
            Hall = seat.Hall,
            Window = seat.Window,
            ClerkId = user.Id,
            ClerkName = user.DisplayName,
            Day = clock.Today(),
            DecidingHall = await halls.HallOf(draft.Department, ct),
            ProtectedApplicant = cipher.Protect(name, CounterFiling.ApplicantPurpose),
            OpenedAt = clock.GetUtcNow(),
        });
    }
}

/// <summary>What the journal says of the counter.</summary>
internal static class CounterEvents
{
    public const string Opened = "CounterOpened";
    public const string IssuingChosen = "CounterIssuingChosen";
    public const string Confirmed = "ConfirmedAtCounter";
    public const string HandedOver = "HandedOver";
    public const string CorrectionFound = "CounterCorrectionFound";
    public const string CorrectionOpened = "CounterCorrectionOpened";
}
