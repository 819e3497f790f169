using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// Ends a correction whose time has passed, when it has (补正逾期): closed with a notice; what was reserved is given back.
/// The answer is whether it ended.
/// </summary>
[ForSystem]
public sealed record LapseCorrection(Guid CaseId) : ICommand<bool>;

internal sealed class LapseCorrectionHandler(
    PortalDbContext db, CaseFiles files, OpenCorrections corrections, CaseJournal journal, CaseClock caseClock, TimeProvider clock) : IRequestHandler<LapseCorrection, bool>
{
    public async Task<bool> Handle(LapseCorrection request, CancellationToken ct)
    {
        var lapsing = await db.LockCase(request.CaseId, ct);
        if (lapsing is not { State: CaseState.CorrectionRequested })
            return false;
        var file = await files.Open(lapsing, ct);
        if (await corrections.Of(lapsing, file.Service, ct) is not { } open || !corrections.IsOverdue(open))
            return false;
        await db.Lapse(file, null, journal, caseClock, clock, ct);
        return true;
    }
}

/// <summary>
/// Ends a pre-checked case that nobody booked the signing of in time (预审过期): closed with a notice; what was reserved is given back.
/// Repeatable; a case that is not waiting for the signing stays as it is.
/// </summary>
[ForSystem]
public sealed record LapsePreCheck(Guid CaseId) : ICommand;

internal sealed class LapsePreCheckHandler(PortalDbContext db, CaseFiles files, CaseJournal journal, CaseClock caseClock, TimeProvider clock) : IRequestHandler<LapsePreCheck, Unit>
{
    /// <summary>What the detail of the event says, beside a lapse of other reasons.</summary>
    public const string Unbooked = "unbooked";

    public async Task<Unit> Handle(LapsePreCheck request, CancellationToken ct)
    {
        if (await db.LockCase(request.CaseId, ct) is { State: CaseState.PreChecked } lapsing)
            await db.Lapse(await files.Open(lapsing, ct), new { Unbooked = true }, journal, caseClock, clock, ct);
        return Unit.Value;
    }
}

internal static class Lapsing
{
    public static async Task Lapse(this PortalDbContext db, CaseFile file, object? detail, CaseJournal journal, CaseClock caseClock, TimeProvider clock, CancellationToken ct)
    {
        var lapsing = file.Case;
        journal.Move(lapsing, CaseAction.Lapse, detail);
        await file.Handler.OnDropped(file.Context(), ct);
        await caseClock.Stop(lapsing, ct);
        db.Raise(new CaseClosed(lapsing.Id, lapsing.Number!, lapsing.ServiceCode, nameof(CaseOutcome.Lapsed)), clock.GetUtcNow());
    }
}

/// <summary>Lapses corrections and removes drafts that nobody submitted in time (保存期限), each in a transaction of its own.</summary>
internal sealed class TidyCases(PortalDbContext db, IMediator mediator, TimeProvider clock) : IPeriodicTask
{
    private const int Batch = 200;

    public async Task<int> Run(CancellationToken ct)
    {
        var done = 0;
        var waiting = await db.Cases.AsNoTracking().Where(c => c.State == CaseState.CorrectionRequested && c.BundleId == null).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct);
        foreach (var id in waiting)
            done += await mediator.Send(new LapseCorrection(id), ct) ? 1 : 0;
        var today = clock.Today();
        var old = await db.Cases.AsNoTracking().Where(c => c.State == CaseState.Draft && c.DraftKeptUntil < today).OrderBy(c => c.Id).Take(Batch).Select(c => c.Id).ToListAsync(ct);
        foreach (var id in old)
            done += await mediator.Send(new RemoveDraft(id), ct) ? 1 : 0;
        return done;
    }
}

/// <summary>Removes what a person typed into a draft that was not submitted in time; the fact that there was one stays in the journal.</summary>
[ForSystem]
public sealed record RemoveDraft(Guid CaseId) : ICommand<bool>;

internal sealed class RemoveDraftHandler(PortalDbContext db, CaseJournal journal, TimeProvider clock) : IRequestHandler<RemoveDraft, bool>
{
    public async Task<bool> Handle(RemoveDraft request, CancellationToken ct)
    {
        var draft = await db.LockCase(request.CaseId, ct);
        if (draft is not { State: CaseState.Draft } || draft.DraftKeptUntil >= clock.Today())
            return false;
        journal.Move(draft, CaseAction.Withdraw, new { Expired = true });
        await db.RemoveTyped(draft.Id, ct);
        return true;
    }
}

internal static class DraftRemains
{
    /// <summary>Deletes everything personal of a draft that ends without a submit (保存期限最短，个人信息保护法 19).</summary>
    public static async Task RemoveTyped(this PortalDbContext db, Guid caseId, CancellationToken ct)
    {
        await db.CaseRevisions.Where(r => r.CaseId == caseId && r.FrozenAt == null).ExecuteDeleteAsync(ct);
        await db.Attachments.Where(a => a.CaseId == caseId).ExecuteDeleteAsync(ct);
        await db.Signatures.Where(s => s.CaseId == caseId).ExecuteDeleteAsync(ct);
        await db.CasePeople.Where(p => p.CaseId == caseId).ExecuteDeleteAsync(ct);
        await db.Set<SignatureNotice>().Where(n => n.CaseId == caseId).ExecuteDeleteAsync(ct);
        await db.CounterFilings.Where(f => f.CaseId == caseId).ExecuteDeleteAsync(ct);
        await db.CounterCodes.Where(c => c.CaseId == caseId).ExecuteDeleteAsync(ct);
    }
}
