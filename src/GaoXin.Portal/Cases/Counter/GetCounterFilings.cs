using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>今天在这个大厅综窗办的: newest first, keyset-paged; withdrawn ones are not in it. Without a seat there is no list.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetCounterFilings(string? Cursor = null) : IQuery<CounterToday>;

/// <summary>The clerk's seat and the filings of its hall today.</summary>
public sealed record CounterToday(CounterSeat? Seat, Page<CounterLine> Page);

/// <summary>A filing in a list; the applicant's name masked.</summary>
public sealed record CounterLine(Guid CaseId, string? Number, string ServiceTitle, string Applicant, CaseState State, CaseOutcome? Outcome, string Department, string? IssuingHall)
{
    /// <summary>The applicant said where.</summary>
    public bool IssuingChosen { get; init; }

    /// <summary>In the hands of the clerk who asks.</summary>
    public bool Mine { get; init; }

    /// <summary>受理人.</summary>
    public string Clerk { get; init; } = "";

    /// <summary>受理时间.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When it was opened at the counter.</summary>
    public DateTimeOffset OpenedAt { get; init; }
}

internal sealed class GetCounterFilingsHandler(PortalDbContext db, ICurrentUser user, CounterHalls halls, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<GetCounterFilings, CounterToday>
{
    private const int PageSize = 30;

    public async Task<CounterToday> Handle(GetCounterFilings request, CancellationToken ct)
    {
        if (await halls.Seat(ct) is not { } seat)
            return new CounterToday(null, new Page<CounterLine>([], null));
        var today = clock.Today();
        var filings = db.CounterFilings.AsNoTracking().Where(f => f.Hall == seat.Hall && f.Day == today);
        if (Guid.TryParse(request.Cursor, out var before))
            filings = filings.Where(f => f.Id < before);
        var rows = await (
            from f in filings
            join c in db.Cases on f.CaseId equals c.Id
            where c.State != CaseState.Withdrawn
            orderby f.Id descending
            select new { Filing = f, c.Number, c.ServiceTitle, c.State, c.Outcome, c.Department }).Take(PageSize + 1).ToListAsync(ct);
        var lines = rows.Take(PageSize).Select(r => new CounterLine(r.Filing.CaseId, r.Number, r.ServiceTitle,
            Masking.Name(cipher.Unprotect(r.Filing.ProtectedApplicant, CounterFiling.ApplicantPurpose)), r.State, r.Outcome, r.Department, r.Filing.IssuingHall)
        {
            IssuingChosen = r.Filing.IssuingChosen,
            Mine = r.Filing.ClerkId == user.Id,
            Clerk = Masking.Name(r.Filing.ClerkName),
            AcceptedAt = r.Filing.AcceptedAt,
            OpenedAt = r.Filing.OpenedAt,
        }).ToList();
        return new CounterToday(seat, new Page<CounterLine>(lines, rows.Count > PageSize ? rows[PageSize - 1].Filing.Id.ToString() : null));
    }
}
