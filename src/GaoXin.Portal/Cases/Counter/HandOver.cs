using FluentValidation;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>待发件: what lies in the clerk's hall to be fetched, what was filed first in front, keyset-paged. Results of other halls are not in it.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetHandOutList(string? Cursor = null) : IQuery<HandOutList>;

/// <summary>The seat and the list; without a seat there is none.</summary>
public sealed record HandOutList(CounterSeat? Seat, Page<HandOutLine> Page);

/// <summary>A result that waits to be fetched; the applicant's name masked.</summary>
public sealed record HandOutLine(Guid CaseId, string Number, string ServiceTitle, string Applicant, string Department, string AcceptedIn, DateTimeOffset ReadyAt);

/// <summary>One of them.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetHandOut(Guid CaseId) : IQuery<HandOutLine>;

/// <summary>
/// 发件: hands the result over, once. The applicant shows the end of the ID number or the pick-up code, an agent (代领人) the code.
/// A wrong proof is an outcome that stays counted: <c>counter.wrong-proof</c>, <c>counter.too-many-proofs</c>. Refused:
/// <c>counter.already-handed-over</c>. Another hall's is not found.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record HandOver : ICommand<CounterOutcome>
{
    /// <summary>The case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Who came.</summary>
    public Recipient? To { get; init; }

    /// <summary>The agent's name; of the applicant none.</summary>
    public string? Agent { get; init; }

    /// <summary>What was shown.</summary>
    public HandOverProof? Way { get; init; }

    /// <summary>The last 6 of the ID number, or the 6 digits of the code.</summary>
    public string Proof { get; init; } = "";

    /// <summary>Without what was shown, so that a log line never holds it.</summary>
    public override string ToString() => $"{nameof(HandOver)} {CaseId}";
}

internal sealed class HandOverValidator : AbstractValidator<HandOver>
{
    public HandOverValidator()
    {
        RuleFor(c => c.To).NotNull().WithMessage("请选来取的是谁。");
        RuleFor(c => c.Way).NotNull().WithMessage("请选核对了什么。");
        RuleFor(c => c.Proof).Must(p => Text.Compact(p).Length == IdEnding.Length).WithMessage("请填 6 位：身份证号后六位，或者取件码。");
        RuleFor(c => c.Agent).Must((c, name) => c.To != Recipient.Agent || name?.Trim().Length is >= 2 and <= 50).WithMessage("请填代领人的姓名，和身份证上一样。");
    }
}

internal sealed class GetHandOutListHandler(PortalDbContext db, CounterHalls halls, PersonalDataCipher cipher) : IRequestHandler<GetHandOutList, HandOutList>
{
    private const int PageSize = 30;

    public async Task<HandOutList> Handle(GetHandOutList request, CancellationToken ct)
    {
        if (await halls.Seat(ct) is not { } seat)
            return new HandOutList(null, new Page<HandOutLine>([], null));
        var waiting = db.ResultsIn(seat.Hall);
        if (Guid.TryParse(request.Cursor, out var after))
            waiting = waiting.Where(r => r.Filing.Id > after);
        var rows = await waiting.OrderBy(r => r.Filing.Id).Take(PageSize + 1).ToListAsync(ct);
        var lines = new List<HandOutLine>();
        foreach (var row in rows.Take(PageSize))
            lines.Add(await row.Line(halls, cipher, ct));
        return new HandOutList(seat, new Page<HandOutLine>(lines, rows.Count > PageSize ? rows[PageSize - 1].Filing.Id.ToString() : null));
    }
}

internal sealed class GetHandOutHandler(PortalDbContext db, CounterHalls halls, PersonalDataCipher cipher) : IRequestHandler<GetHandOut, HandOutLine>
{
    public async Task<HandOutLine> Handle(GetHandOut request, CancellationToken ct)
    {
        var seat = await halls.Seat(ct) ?? throw new NotFoundException("result");
        return await (await db.ResultsIn(seat.Hall).SingleOrDefaultAsync(r => r.Filing.CaseId == request.CaseId, ct).OrNotFound("result")).Line(halls, cipher, ct);
    }
}

internal sealed class HandOverHandler(
    PortalDbContext db, ICurrentUser user, CounterHalls halls, IPeople people, IGuessing guessing, CaseJournal journal, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<HandOver, CounterOutcome>
{
    private static readonly GuessRule Guesses = new("hand-over", 5, TimeSpan.FromHours(1)) { RestAfter = 20 };

    public async Task<CounterOutcome> Handle(HandOver request, CancellationToken ct)
    {
        var seat = await halls.MustSit(ct);
        var own = await db.LockCase(request.CaseId, ct) ?? throw new NotFoundException("result");
        var filing = await db.CounterFilings.AsNoTracking().SingleOrDefaultAsync(f => f.CaseId == own.Id && f.IssuingHall == seat.Hall && f.ReadyAt != null, ct).OrNotFound("result");
        if (own is not { State: CaseState.Closed, Outcome: CaseOutcome.Approved })
            throw new NotFoundException("result");
        if (filing.HandedOverAt is not null)
            throw new RefusedException(CounterRefusals.AlreadyHandedOver());
        if (request is { To: Recipient.Agent, Way: HandOverProof.IdNumber })
            throw new RefusedException(CounterRefusals.AgentNeedsCode());
        if (!await guessing.Take(Guesses, own.Id.ToString("N"), ct))
            return CounterOutcome.No(CounterRefusals.TooManyProofs());
        if (!await IsRight(request, own, filing, ct))
            return CounterOutcome.No(CounterRefusals.WrongProof());
        await guessing.Right(Guesses, own.Id.ToString("N"), ct);
        await Record(request, own, seat, ct);
        return CounterOutcome.Yes(own.Id);
    }

    private async Task<bool> IsRight(HandOver request, Case own, CounterFiling filing, CancellationToken ct) =>
        request.Way == HandOverProof.PickUpCode
            ? IdEnding.Same(cipher.Unprotect(filing.ProtectedPickUpCode!, CounterFiling.PickUpPurpose), request.Proof)
            : IdEnding.Fits((await people.Find(own.ApplicantId, ct))?.IdNumber ?? throw new NotFoundException("applicant"), request.Proof);

    /// <summary>One statement decides who of two clerks handed it over.</summary>
    private async Task Record(HandOver request, Case own, CounterSeat seat, CancellationToken ct)
    {
        var (now, staff, name, to, way) = (clock.GetUtcNow(), user.Id, user.DisplayName, request.To, request.Way);
        var agent = to == Recipient.Agent ? cipher.Protect(request.Agent!.Trim(), CounterFiling.AgentPurpose) : null;
        var handed = await db.CounterFilings.Where(f => f.CaseId == own.Id && f.IssuingHall == seat.Hall && f.ReadyAt != null && f.HandedOverAt == null).ExecuteUpdateAsync(
            f => f.SetProperty(x => x.HandedOverAt, now).SetProperty(x => x.HandedOverBy, staff).SetProperty(x => x.HandedOverByName, name)
                .SetProperty(x => x.HandedOverTo, to).SetProperty(x => x.Proof, way).SetProperty(x => x.ProtectedAgent, agent), ct);
        if (handed == 0)
            throw new RefusedException(CounterRefusals.AlreadyHandedOver());
        journal.Record(own, CounterEvents.HandedOver, new { seat.Hall, seat.Window, To = to, Proof = way });
    }
}

internal sealed class WaitingResult
{
    public required CounterFiling Filing { get; init; }

    public required string Number { get; init; }

    public required string ServiceTitle { get; init; }

    public required string Department { get; init; }

    public async Task<HandOutLine> Line(CounterHalls halls, PersonalDataCipher cipher, CancellationToken ct) =>
        new(Filing.CaseId, Number, ServiceTitle, Masking.Name(cipher.Unprotect(Filing.ProtectedApplicant, CounterFiling.ApplicantPurpose)), Department,
            await halls.TitleOf(Filing.Hall, ct), Filing.ReadyAt!.Value);
}

internal static class WaitingResults
{
    /// <summary>What lies in a hall and nobody fetched.</summary>
    public static IQueryable<WaitingResult> ResultsIn(this PortalDbContext db, string hall) =>
        from f in db.CounterFilings.AsNoTracking()
        join c in db.Cases on f.CaseId equals c.Id
        where f.IssuingHall == hall && f.ReadyAt != null && f.HandedOverAt == null && c.State == CaseState.Closed && c.Outcome == CaseOutcome.Approved
        select new WaitingResult { Filing = f, Number = c.Number!, ServiceTitle = c.ServiceTitle, Department = c.Department };
}
