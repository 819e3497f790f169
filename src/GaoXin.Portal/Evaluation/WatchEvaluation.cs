using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation;

/// <summary>Computes what is due anew after the calendar changed; it is put on record. False when nothing runs.</summary>
[ForSystem]
public sealed record RecomputeRectification(Guid Id) : ICommand<bool>;

internal sealed class RecomputeRectificationHandler(PortalDbContext db, EvaluationRulebooks rulebooks, RectificationJournal journal) : IRequestHandler<RecomputeRectification, bool>
{
    public async Task<bool> Handle(RecomputeRectification request, CancellationToken ct)
    {
        var id = request.Id;
        var running = await db.Rectifications.FromSql($"SELECT * FROM evaluation.rectifications WHERE id = {id} AND due_at IS NOT NULL FOR UPDATE").SingleOrDefaultAsync(ct);
        if (running is null)
            return false;
        running.Recompute(await rulebooks.Time(ct));
        journal.Record(running, "CalendarChanged");
        return true;
    }
}

/// <summary>What is due again and again: a changed calendar.</summary>
internal sealed class WatchEvaluation(PortalDbContext db, EvaluationRulebooks rulebooks, IMediator mediator) : IPeriodicTask
{
    private const int Batch = 500;

    public async Task<int> Run(CancellationToken ct)
    {
        var time = await rulebooks.Time(ct);
        var version = time.Calendar.Version;
        var done = 0;
        foreach (var id in await db.Rectifications.Where(r => r.DueAt != null && r.CalendarVersion != version).OrderBy(r => r.Id).Select(r => r.Id).Take(Batch).ToListAsync(ct))
            done += await mediator.Send(new RecomputeRectification(id), ct) ? 1 : 0;
        foreach (var task in await db.ImprovementTasks.Where(t => t.DoneAt == null && t.CalendarVersion != version).OrderBy(t => t.Id).Take(Batch).ToListAsync(ct))
        {
            var due = time.EndAfter(task.OpenedAt, task.Days);
            done += await db.ImprovementTasks.Where(t => t.Id == task.Id).ExecuteUpdateAsync(t => t.SetProperty(x => x.DueAt, due).SetProperty(x => x.CalendarVersion, version), ct);
        }

        return done;
    }
}
