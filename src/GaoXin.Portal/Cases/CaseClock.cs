using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>Keeps the segments of a case's clock and the due day that follows from them (行政许可法 32, 42, 45, 82).</summary>
internal sealed class CaseClock(PortalDbContext db, IMediator mediator, TimeProvider time)
{
    /// <summary>The reason of the segment that starts the receipt clock.</summary>
    public const string Received = "收件";

    /// <summary>The reason of the segment that starts the promise clock.</summary>
    public const string Accepted = "受理";

    /// <summary>The reason of the pause between the pre-check and the signing.</summary>
    public const string Signing = "等您来大厅面签";

    /// <summary>Starts a clock anew: what an earlier one of its kind used does not count (a decision that was revoked).</summary>
    public Task Start(Case kept, ClockKind kind, ServiceDefinition service, CancellationToken ct) => Start(kept, kind, time.GetUtcNow(), service, ct);

    /// <summary>The same from an instant that lies a little before: the fact that starts the clock may be told later.</summary>
    public async Task Start(Case kept, ClockKind kind, DateTimeOffset from, ServiceDefinition service, CancellationToken ct)
    {
        await Close(kept.Id, ct);
        Add(kept.Id, kind, paused: false, kind == ClockKind.Receipt ? Received : Accepted, from);
        await Recompute(kept, service, ct);
    }

    public async Task Pause(Case kept, string reason, ServiceDefinition service, CancellationToken ct)
    {
        var kind = await Close(kept.Id, ct) ?? ClockKind.Receipt;
        Add(kept.Id, kind, paused: true, reason);
        await Recompute(kept, service, ct);
    }

    public async Task Resume(Case kept, ServiceDefinition service, CancellationToken ct)
    {
        var kind = await Close(kept.Id, ct) ?? ClockKind.Receipt;
        Add(kept.Id, kind, paused: false, "继续");
        await Recompute(kept, service, ct);
    }

    public async Task Stop(Case kept, CancellationToken ct)
    {
        await Close(kept.Id, ct);
        kept.DueOn = null;
    }

    /// <summary>The due day of the running clock from its segments in order; null while paused. What a bundle promises instead holds for the receipt too, when it is shorter.</summary>
    public static DateOnly? Due(IReadOnlyList<ClockSegment> segments, ServiceDefinition service, WorkingCalendar calendar, int? promised = null)
    {
        if (segments.Count == 0)
            return null;
        var of = Current(segments);
        var pauses = of.Where(s => s.Paused && (s.To is null || s.To.Value.Day() > s.From.Day()))
            .Select(s => (s.From.Day(), s.To is { } end ? end.Day() : (DateOnly?)null)).ToList();
        var limit = of[0].Kind == ClockKind.Receipt ? Math.Min(service.Clock.ReceiptDays, promised ?? int.MaxValue) : promised ?? service.Clock.OfficerDays;
        return calendar.Due(of[0].From.Day(), limit, pauses);
    }

    /// <summary>The segments of the clock that runs or ran last, from its start.</summary>
    public static IReadOnlyList<ClockSegment> Current(IReadOnlyList<ClockSegment> segments)
    {
        if (segments.Count == 0)
            return [];
        var kind = segments[^1].Kind;
        var of = segments.Where(s => s.Kind == kind).ToList();
        return of[Math.Max(0, of.FindLastIndex(s => s.Reason is Received or Accepted))..];
    }

    /// <summary>补正期限: the last day to mend what was asked on a day.</summary>
    public static DateOnly AnswerBy(DateTimeOffset asked, ServiceDefinition service, WorkingCalendar calendar) =>
        calendar.AddWorkingDays(asked.Day(), service.Clock.CorrectionDays);

    private void Add(Guid caseId, ClockKind kind, bool paused, string reason, DateTimeOffset? from = null) =>
        db.Add(new ClockSegment { CaseId = caseId, Kind = kind, Paused = paused, Reason = reason, From = from ?? time.GetUtcNow() });

    private async Task<ClockKind?> Close(Guid caseId, CancellationToken ct)
    {
        var open = db.ChangeTracker.Entries<ClockSegment>().Select(e => e.Entity).SingleOrDefault(s => s.CaseId == caseId && s.To is null)
            ?? await db.ClockSegments.SingleOrDefaultAsync(s => s.CaseId == caseId && s.To == null, ct);
        if (open is not null)
            open.To = time.GetUtcNow();
        // The open segment is unique: free its place before the next one is added.
        await db.SaveChangesAsync(ct);
        return open?.Kind;
    }

    private async Task Recompute(Case kept, ServiceDefinition service, CancellationToken ct)
    {
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        var stored = await db.ClockSegments.Where(s => s.CaseId == kept.Id).ToListAsync(ct);
        var segments = stored.Concat(db.ClockSegments.Local.Where(s => s.CaseId == kept.Id)).Distinct().OrderBy(s => s.From).ThenBy(s => s.To is null).ToList();
        kept.DueOn = Due(segments, service, calendar, kept.PromisedDays);
        kept.CalendarVersion = calendar.Version;
    }
}
