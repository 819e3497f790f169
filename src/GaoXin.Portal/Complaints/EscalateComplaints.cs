using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>
/// Fires the level of a clock that is due (快到期, 已超期, 催办, 督办). Each level once for a clock of a round: the key in the database
/// decides, so that two instances at once fire it once. The answer is the number of levels fired.
/// </summary>
[ForSystem]
public sealed record EscalateComplaint(Guid ComplaintId) : ICommand<int>;

/// <summary>Ends a pause whose time is over (等诉求人补充，最多 5 个工作日). False when there is none.</summary>
[ForSystem]
public sealed record ResumeComplaintByTime(Guid ComplaintId) : ICommand<bool>;

/// <summary>Computes the open clocks anew after the calendar changed; every change is put on record.</summary>
[ForSystem]
public sealed record RecomputeComplaint(Guid ComplaintId) : ICommand<bool>;

internal sealed class EscalateComplaintHandler(PortalDbContext db, ComplaintJournal journal, Supervising supervising, Rulebooks rulebooks, TimeProvider clock)
    : IRequestHandler<EscalateComplaint, int>
{
    public async Task<int> Handle(EscalateComplaint request, CancellationToken ct)
    {
        if (await db.LockComplaint(request.ComplaintId, ct) is not { } complaint)
            return 0;
        var (now, time, fired) = (clock.GetUtcNow(), await rulebooks.Time(ct), 0);
        foreach (var running in complaint.Clocks.Where(c => c.Runs))
        {
            while (running.NextEscalationAt <= now && running.NextLevel is { } level)
            {
                if (await Fire(complaint, running, level, now, ct))
                    fired++;
                running.Escalated(level, time);
            }
        }

        return fired;
    }

    private async Task<bool> Fire(Complaint complaint, ComplaintClock running, EscalationLevel level, DateTimeOffset now, CancellationToken ct)
    {
        if (level == EscalationLevel.Directed && await Explained(complaint, running, ct))
            return false;
        var (clockName, levelName) = (running.Kind.ToString(), level.ToString());
        var stored = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO complaints.escalations (complaint_id, round, clock, level, at, unit)
            VALUES ({complaint.Id}, {running.Round}, {clockName}, {levelName}, {now}, {complaint.Unit}) ON CONFLICT DO NOTHING
            """, ct);
        if (stored == 0)
            return false;
        journal.Record(complaint, "Escalated", new { clock = running.Kind, level });
        if (level == EscalationLevel.Directed)
            await supervising.Open(complaint, "超期 5 个工作日没有说明原因", ct);
        return true;
    }

    private Task<bool> Explained(Complaint complaint, ComplaintClock running, CancellationToken ct) =>
        db.Set<ComplaintEscalation>().AnyAsync(e => e.ComplaintId == complaint.Id && e.Round == running.Round && e.Clock == running.Kind && e.Explanation != null, ct);
}

internal sealed class ResumeComplaintByTimeHandler(PortalDbContext db, ComplaintJournal journal, TimeProvider clock) : IRequestHandler<ResumeComplaintByTime, bool>
{
    public async Task<bool> Handle(ResumeComplaintByTime request, CancellationToken ct)
    {
        var complaint = await db.LockComplaint(request.ComplaintId, ct);
        if (complaint?.RunningSuspension is not { ResumesAt: { } until } || until > clock.GetUtcNow())
            return false;
        await journal.Move(complaint, ComplaintAction.Resume, new { byTime = true }, "等您补充的时间到了，接着办理", ct);
        return true;
    }
}

internal sealed class RecomputeComplaintHandler(PortalDbContext db, ComplaintJournal journal, Rulebooks rulebooks) : IRequestHandler<RecomputeComplaint, bool>
{
    public async Task<bool> Handle(RecomputeComplaint request, CancellationToken ct)
    {
        if (await db.LockComplaint(request.ComplaintId, ct) is not { } complaint)
            return false;
        var time = await rulebooks.Time(ct);
        var moved = complaint.Recompute(time);
        foreach (var (kind, from, to) in moved)
            journal.Record(complaint, "CalendarChanged", new { clock = kind?.ToString() ?? "Pause", from, to, calendar = time.Hours.Calendar.Version }, kind == ComplaintClockKind.Handling ? "放假安排有变，答复日期重新算过" : null);
        return moved.Count > 0;
    }
}

/// <summary>What is due again and again: escalations, pauses that are over, a changed calendar.</summary>
internal sealed class WatchComplaints(PortalDbContext db, IMediator mediator, Rulebooks rulebooks, TimeProvider clock) : IPeriodicTask
{
    private const int Batch = 500;

    public async Task<int> Run(CancellationToken ct)
    {
        var (now, version, done) = (clock.GetUtcNow(), (await rulebooks.Time(ct)).Hours.Calendar.Version, 0);
        foreach (var id in await db.ComplaintClocks.Where(c => c.StoppedAt == null && c.CalendarVersion != version).Select(c => c.ComplaintId).Distinct().Take(Batch).ToListAsync(ct))
            done += await mediator.Send(new RecomputeComplaint(id), ct) ? 1 : 0;
        foreach (var id in await db.Set<ComplaintSuspension>().Where(s => s.To == null && s.ResumesAt <= now).Select(s => s.ComplaintId).Take(Batch).ToListAsync(ct))
            done += await mediator.Send(new ResumeComplaintByTime(id), ct) ? 1 : 0;
        foreach (var id in await db.ComplaintClocks.Where(c => c.NextEscalationAt <= now).OrderBy(c => c.NextEscalationAt).Select(c => c.ComplaintId).Take(Batch).ToListAsync(ct))
            done += await mediator.Send(new EscalateComplaint(id), ct);
        return done;
    }
}
