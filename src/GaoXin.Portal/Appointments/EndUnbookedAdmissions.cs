using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>
/// Reminds of cases that may be booked and are not, and ends those whose time is over (预审过期). Who has an appointment, waits or
/// takes part in a draw loses nothing; after an appointment that came to nothing the time begins anew. Repeatable; a batch at a time.
/// </summary>
[ForSystem]
public sealed record EndUnbookedAdmissions : ICommand<int>;

internal sealed class EndUnbookedAdmissionsHandler(PortalDbContext db, BookingPlans plans, TimeProvider clock) : IRequestHandler<EndUnbookedAdmissions, int>
{
    private const int Batch = 200;

    public async Task<int> Handle(EndUnbookedAdmissions request, CancellationToken ct)
    {
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        var rules = (await plans.Current(db, ct)).RulesOn(today);
        var remindFrom = today.AddDays(rules.BookReminderDays);
        // Who books holds the row for sharing: skipped now, looked at the next time.
        var due = await db.Admissions.FromSql($"""
            SELECT * FROM appointments.admissions a
            WHERE a.ended_at IS NULL AND a.suspended_at IS NULL AND a.book_by <= {remindFrom} AND (a.reminded_at IS NULL OR a.book_by < {today})
              AND NOT EXISTS (SELECT 1 FROM appointments.bookings b WHERE b.case_id = a.case_id AND (b.state IN ('Confirmed', 'CheckedIn') OR (b.state = 'Held' AND b.hold_until > {now})))
              AND NOT EXISTS (SELECT 1 FROM appointments.waiting w WHERE w.case_id = a.case_id AND w.state IN ('Waiting', 'Offered'))
              AND NOT EXISTS (SELECT 1 FROM appointments.draw_applications d WHERE d.case_id = a.case_id AND d.state = 'Applied')
            ORDER BY a.book_by, a.case_id LIMIT {Batch} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        var cases = due.Select(a => (Guid?)a.CaseId).ToList();
        var ended = await db.Appointments.Where(b => cases.Contains(b.CaseId) && b.EndedAt != null && b.ConfirmedAt != null).GroupBy(b => b.CaseId!.Value)
            .Select(g => new { g.Key, Last = g.Max(b => b.EndedAt!.Value) }).ToDictionaryAsync(g => g.Key, g => g.Last, ct);
        foreach (var admission in due)
            Look(admission, ended.TryGetValue(admission.CaseId, out var last) ? rules.BookBy(last.Day()) : null, today, now);
        return due.Count;
    }

    private void Look(Admission admission, DateOnly? anew, DateOnly today, DateTimeOffset now)
    {
        if (anew > admission.BookBy)
        {
            admission.MayBookUntil(anew.Value);
            return;
        }

        if (admission.BookBy < today)
        {
            admission.EndedAt = now;
            db.Raise(new AdmissionLapsed(admission.CaseId), now);
            return;
        }

        admission.RemindedAt = now;
        db.Raise(new BookingDue(admission.CaseId, admission.BookBy), now);
    }
}
