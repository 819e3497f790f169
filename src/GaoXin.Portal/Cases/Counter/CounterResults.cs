using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>A result lies in the hall where the applicant wants to fetch it.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="MessageId">The message about it, so that it is sent once.</param>
public sealed record CounterResultReady(Guid CaseId, Guid MessageId) : IPublicEvent;

/// <summary>Puts results on the list of their hall when the case ended well, and takes them off when the decision is taken back.</summary>
internal sealed class CounterResults(PortalDbContext db, PersonalDataCipher cipher, TimeProvider clock) : IEventHandler<CaseClosed>, IEventHandler<DecisionRevoked>
{
    public async Task Handle(CaseClosed fact, CancellationToken ct)
    {
        if (fact.Ending != nameof(CaseOutcome.Approved) || await db.LockCase(fact.CaseId, ct) is not { State: CaseState.Closed, Outcome: CaseOutcome.Approved })
            return;
        var filing = await db.CounterFilings.SingleOrDefaultAsync(f => f.CaseId == fact.CaseId && f.IssuingHall != null && f.ReadyAt == null, ct);
        if (filing is null)
            return;
        var now = clock.GetUtcNow();
        filing.Ready(cipher.Protect(OneTimeCode.Draw(), CounterFiling.PickUpPurpose), now);
        db.Raise(new CounterResultReady(fact.CaseId, Guid.CreateVersion7()), now);
    }

    public async Task Handle(DecisionRevoked fact, CancellationToken ct)
    {
        await db.LockCase(fact.CaseId, ct);
        if (await db.CounterFilings.SingleOrDefaultAsync(f => f.CaseId == fact.CaseId && f.ReadyAt != null, ct) is { } filing)
            filing.TakenBack();
    }
}

/// <summary>Tells the applicant where to fetch the result, and the code that opens the drawer.</summary>
internal sealed class SendPickUpCode(PortalDbContext db, IPeople people, CounterHalls halls, PersonalDataCipher cipher, ISmsGateway sms) : IEventHandler<CounterResultReady>, ICallsOutside
{
    public async Task Handle(CounterResultReady fact, CancellationToken ct)
    {
        var found = await (
            from f in db.CounterFilings.AsNoTracking()
            join c in db.Cases on f.CaseId equals c.Id
            where f.CaseId == fact.CaseId && f.ReadyAt != null && f.HandedOverAt == null
            select new { f.IssuingHall, Code = f.ProtectedPickUpCode!, c.ApplicantId, c.ServiceTitle }).SingleOrDefaultAsync(ct);
        if (found is null || (await people.Find(found.ApplicantId, ct))?.Phone is not { } phone)
            return;
        var text = $"【高新区政务】“{found.ServiceTitle}”办好了，请带身份证到{await halls.TitleOf(found.IssuingHall!, ct)}领取。取件码 {cipher.Unprotect(found.Code, CounterFiling.PickUpPurpose)}，请人代领要出示，平时不要告诉别人。";
        await sms.Send(new SmsMessage(fact.MessageId, phone, text), ct);
    }
}

/// <summary>What a case went through at the counter, for the applicant's progress and the officer's page.</summary>
/// <param name="AcceptingHall">受理大厅.</param>
/// <param name="Clerk">受理人, masked.</param>
/// <param name="AcceptedAt">When it was accepted there; null when the department did, or nobody has yet.</param>
/// <param name="DecidingHall">审批大厅.</param>
/// <param name="IssuingHall">Where the result is fetched; null: electronic only, or not chosen.</param>
public sealed record CounterTrace(string AcceptingHall, string Clerk, DateTimeOffset? AcceptedAt, string DecidingHall, string? IssuingHall)
{
    /// <summary>The address of the issuing hall.</summary>
    public string? IssuingAddress { get; init; }

    /// <summary>Since when it can be fetched.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>取件码, for the applicant only.</summary>
    public string? PickUpCode { get; init; }

    /// <summary>Corrections that were submitted at a window, oldest first.</summary>
    public IReadOnlyList<CounterMended> Mended { get; init; } = [];

    /// <summary>When it was fetched.</summary>
    public DateTimeOffset? HandedOverAt { get; init; }

    /// <summary>Who fetched it, an agent's name masked.</summary>
    public string? HandedOverTo { get; init; }
}

/// <summary>A correction that was submitted at a window: where, by whom (masked), when.</summary>
public sealed record CounterMended(string Hall, string Clerk, DateTimeOffset At);

/// <summary>Reads traces; asked only for cases whose journal says that a counter opened them.</summary>
internal sealed class CounterTraces(PortalDbContext db, IMediator mediator, PersonalDataCipher cipher)
{
    public async Task<CounterTrace?> Of(Guid caseId, bool forApplicant, CancellationToken ct)
    {
        if (await db.CounterFilings.AsNoTracking().SingleOrDefaultAsync(f => f.CaseId == caseId, ct) is not { } filing)
            return null;
        var mended = await db.CounterCorrections.AsNoTracking().Where(x => x.CaseId == caseId && x.ConfirmedAt != null).OrderBy(x => x.Round).ToListAsync(ct);
        var places = (await mediator.Send(new Catalogue.GetPlaces(), ct)).ToDictionary(p => p.Code);
        var issuing = filing.IssuingHall is { } code ? places.GetValueOrDefault(code) : null;
        return new CounterTrace(TitleOf(filing.Hall), Masking.Name(filing.ClerkName), filing.AcceptedAt, TitleOf(filing.DecidingHall), issuing?.Title)
        {
            IssuingAddress = issuing?.Address,
            ReadyAt = filing.ReadyAt,
            PickUpCode = forApplicant && filing is { ProtectedPickUpCode: { } secret, HandedOverAt: null } ? cipher.Unprotect(secret, CounterFiling.PickUpPurpose) : null,
            Mended = [.. mended.Select(x => new CounterMended(new CounterSeat(x.Hall, TitleOf(x.Hall), x.Window).Words, Masking.Name(x.ClerkName), x.ConfirmedAt!.Value))],
            HandedOverAt = filing.HandedOverAt,
            HandedOverTo = filing.HandedOverTo switch
            {
                Recipient.Applicant => "申请人本人",
                Recipient.Agent => $"代领人 {Masking.Name(cipher.Unprotect(filing.ProtectedAgent!, CounterFiling.AgentPurpose))}",
                _ => null,
            },
        };

        string TitleOf(string hall) => places.GetValueOrDefault(hall)?.Title ?? hall;
    }
}
