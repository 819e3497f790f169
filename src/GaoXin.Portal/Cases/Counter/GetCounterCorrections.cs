using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>
/// 补正: what the signed-in clerk filed and waits for a correction, and the corrections the clerk took in hand today, wherever they were
/// filed; what was filed first in front, keyset-paged. Without a seat there is no list.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetCounterCorrections(string? Cursor = null) : IQuery<CounterCorrectionList>;

/// <summary>The seat and the list.</summary>
public sealed record CounterCorrectionList(CounterSeat? Seat, Page<CounterCorrectionLine> Page);

/// <summary>A correction in a list; the applicant's name masked.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">Its number.</param>
/// <param name="ServiceTitle">The service.</param>
/// <param name="Applicant">The applicant.</param>
/// <param name="Department">Code of the deciding department.</param>
/// <param name="Items">How many things are to be mended; 0 when none are any more.</param>
/// <param name="AnswerBy">The last day to mend.</param>
/// <param name="MendedAt">When this clerk submitted it.</param>
public sealed record CounterCorrectionLine(
    Guid CaseId, string Number, string ServiceTitle, string Applicant, string Department, int Items, DateOnly? AnswerBy, DateTimeOffset? MendedAt);

internal sealed class GetCounterCorrectionsHandler(PortalDbContext db, ICurrentUser user, CounterHalls halls, CaseFiles files, IMediator mediator, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<GetCounterCorrections, CounterCorrectionList>
{
    private const int PageSize = 30;

    public async Task<CounterCorrectionList> Handle(GetCounterCorrections request, CancellationToken ct)
    {
        if (await halls.Seat(ct) is not { } seat)
            return new CounterCorrectionList(null, new Page<CounterCorrectionLine>([], null));
        var rows = await Rows(Guid.TryParse(request.Cursor, out var after) ? after : Guid.Empty).Take(PageSize + 1).ToListAsync(ct);
        var calendar = await mediator.Send(new Catalogue.GetWorkingCalendar(), ct);
        var lines = new List<CounterCorrectionLine>();
        foreach (var row in rows.Take(PageSize))
        {
            DateOnly? answerBy = row.AskedAt is { } asked ? CaseClock.AnswerBy(asked, await files.Definition(row.Case.ServiceCode, row.Case.ServiceVersion, ct), calendar) : null;
            lines.Add(new CounterCorrectionLine(row.Case.Id, row.Case.Number!, row.Case.ServiceTitle,
                Masking.Name(cipher.Unprotect(row.Filing.ProtectedApplicant, CounterFiling.ApplicantPurpose)), row.Case.Department, row.Items, answerBy, row.MendedAt));
        }

        return new CounterCorrectionList(seat, new Page<CounterCorrectionLine>(lines, rows.Count > PageSize ? rows[PageSize - 1].Filing.Id.ToString() : null));
    }

    private IQueryable<Row> Rows(Guid after)
    {
        var today = clock.Today();
        var open = db.CorrectionItems.Where(i => i.ResolvedAt == null);
        var inHand = db.CounterCorrections.Where(x => x.ClerkId == user.Id && x.Day == today);
        var filed = from f in db.CounterFilings join c in db.Cases on f.CaseId equals c.Id where f.ClerkId == user.Id && c.State == CaseState.CorrectionRequested select f.CaseId;
        var mine = filed.Union(inHand.Select(x => x.CaseId));
        return from f in db.CounterFilings.AsNoTracking()
               join c in db.Cases.AsNoTracking() on f.CaseId equals c.Id
               where mine.Contains(f.CaseId) && c.State != CaseState.Withdrawn && f.Id > after
               orderby f.Id
               select new Row
               {
                   Filing = f,
                   Case = c,
                   Items = open.Count(i => i.CaseId == c.Id && c.State == CaseState.CorrectionRequested),
                   AskedAt = open.Where(i => i.CaseId == c.Id && c.State == CaseState.CorrectionRequested).Min(i => (DateTimeOffset?)i.RequestedAt),
                   MendedAt = inHand.Where(x => x.CaseId == c.Id && x.Round == c.CorrectionRounds).Select(x => x.ConfirmedAt).FirstOrDefault(),
               };
    }

    private sealed class Row
    {
        public required CounterFiling Filing { get; init; }

        public required Case Case { get; init; }

        public required int Items { get; init; }

        public DateTimeOffset? AskedAt { get; init; }

        public DateTimeOffset? MendedAt { get; init; }
    }
}
