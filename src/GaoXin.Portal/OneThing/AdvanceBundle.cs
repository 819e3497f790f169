using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.OneThing;

/// <summary>
/// Looks at all cases of a bundle and does what is due: opens members whose predecessors are approved, hands out mended answers,
/// sends the collected remarks, agrees for who is late by policy, ends the whole. Every event of a member leads here, and asking
/// again changes nothing, so it does not matter how often an event comes or where the program was killed.
/// </summary>
[ForSystem]
public sealed record AdvanceBundle(Guid BundleId) : ICommand;

internal sealed class AdvanceBundleHandler(PortalDbContext db, IMemberCases cases, IMediator mediator, TimeProvider clock) : IRequestHandler<AdvanceBundle, Unit>
{
    private const string AgreedByLateness = "到期没有提出意见，按规则视为同意。";

    public async Task<Unit> Handle(AdvanceBundle request, CancellationToken ct)
    {
        var bundle = await db.LockBundle(request.BundleId, ct);
        if (bundle is null or { EndedAt: not null })
            return Unit.Value;
        await cases.Accept(bundle.CaseId, ct);
        var filed = await cases.Filed(bundle.CaseId, ct);
        var work = new Work(bundle, filed, filed.Service.Bundle!.Chosen(Facts.Of(filed.Service, filed.Answers, filed.AppliedOn))) { Members = await cases.Of(bundle.CaseId, ct) };
        foreach (var step in Steps(filed))
        {
            // The members are read once; again only after something was changed.
            if (await step(work, ct))
                work.Members = await cases.Of(bundle.CaseId, ct);
        }

        if (!await EndWhenOver(work, ct))
            bundle.LookAt = NextLook(work);
        return Unit.Value;
    }

    /// <summary>What is due where the bundle's case stands, in this order. Each answers whether it changed a member.</summary>
    private IEnumerable<Func<Work, CancellationToken, Task<bool>>> Steps(FiledBundle filed)
    {
        if (filed.State == CaseState.Withdrawn || filed.Outcome == CaseOutcome.Lapsed)
            yield return Drop;
        yield return DropInVain;
        if (filed.State != CaseState.Withdrawn)
            yield return OpenReady;
        if (filed.State != CaseState.InReview)
            yield break;
        yield return HandOutAnswers;
        yield return AgreeForTheLate;
        yield return Collect;
        yield return KeepClock;
    }

    /// <summary>A withdrawn bundle takes its open members along, a lapsed one those that waited for the same answers.</summary>
    private async Task<bool> Drop(Work work, CancellationToken ct)
    {
        var withdrawn = work.Filed.State == CaseState.Withdrawn;
        var dropped = work.Members.Where(m => !m.Ended && (withdrawn || m.State == CaseState.CorrectionRequested)).ToList();
        foreach (var member in dropped)
            await cases.Drop(member.Id, withdrawn ? CaseAction.Withdraw : CaseAction.Lapse, ct);
        work.Bundle.Answered();
        return dropped.Count > 0;
    }

    /// <summary>What was looked at beforehand beside a predecessor that failed is taken back: it can never be approved.</summary>
    private async Task<bool> DropInVain(Work work, CancellationToken ct)
    {
        var vain = BundleProgress.InVain(work.Chosen, work.Members).ToList();
        foreach (var member in vain)
            await cases.Drop(member.Id, CaseAction.Withdraw, ct);
        return vain.Count > 0;
    }

    private async Task<bool> OpenReady(Work work, CancellationToken ct)
    {
        var ready = BundleProgress.Ready(work.Chosen, work.Members);
        if (ready.Count == 0)
            return false;
        var results = await Results(work, ct);
        foreach (var member in ready)
            await cases.Open(await Opening(work, member, results, ct), ct);
        return true;
    }

    /// <summary>The applicant answered the round: its case is back in review, so what was asked of the members is answered too.</summary>
    private async Task<bool> HandOutAnswers(Work work, CancellationToken ct)
    {
        if (work.Bundle.Asked.Length == 0)
            return false;
        var results = await Results(work, ct);
        foreach (var asked in work.Members.Where(c => work.Bundle.Asked.Contains(c.Id)))
            await cases.Answer(asked.Id, await Opening(work, work.Filed.Service.Bundle!.Members.First(m => m.Code == asked.Code), results, ct), ct);
        work.Bundle.Answered();
        return true;
    }

    private async Task<bool> AgreeForTheLate(Work work, CancellationToken ct)
    {
        var late = BundleProgress.Agreeing(work.Chosen, work.Members, clock.Today()).ToList();
        foreach (var member in late)
            await cases.Decide(member.Id, approved: true, AgreedByLateness, ct);
        return late.Count > 0;
    }

    private async Task<bool> Collect(Work work, CancellationToken ct)
    {
        var remarked = work.Members.Where(c => c.State == CaseState.CorrectionRequested && work.Chosen.Any(m => m.Code == c.Code)).ToList();
        if (remarked.Count == 0)
            return false;
        work.Bundle.StartCollecting(clock.GetUtcNow());
        if (!BundleProgress.MayTell(work.Chosen, work.Members, work.Bundle.CollectingSince!.Value.Day(), clock.Today()))
            return false;
        var paths = remarked.Select(c => new MemberPaths(c.Id, path => InBundle(work.Chosen.First(m => m.Code == c.Code), path))).ToList();
        if (await cases.Collect(work.Bundle.CaseId, paths, ct))
            work.Bundle.Told(remarked.Select(c => c.Id));
        return false;
    }

    /// <summary>While somebody has to come and sign, the clock of the whole stands still, as that of the part does.</summary>
    private async Task<bool> KeepClock(Work work, CancellationToken ct)
    {
        var waits = work.Members.Any(m => m.State == CaseState.PreChecked);
        if (waits != work.Filed.Paused)
            await cases.WaitForSigning(work.Bundle.CaseId, waits, ct);
        return false;
    }

    private async Task<bool> EndWhenOver(Work work, CancellationToken ct)
    {
        var standing = BundleProgress.Of(work.Chosen, work.Members);
        var whole = BundleProgress.Whole(work.Chosen, standing, asked: work.Bundle.Asked.Length > 0);
        if (whole is BundleStanding.Running or BundleStanding.ToMend && work.Filed.State != CaseState.Withdrawn)
            return false;
        await cases.End(work.Bundle.CaseId, whole is BundleStanding.Done or BundleStanding.PartlyDone, ct);
        work.Bundle.End(clock.GetUtcNow());
        return true;
    }

    private DateTimeOffset NextLook(Work work)
    {
        var atLeast = clock.GetUtcNow() + WatchBundles.AtLeastEvery;
        return BundleProgress.NextDay(work.Chosen, work.Members, work.Bundle.CollectingSince?.Day()) is { } day && day.At(TimeOnly.MinValue) < atLeast ? day.At(TimeOnly.MinValue) : atLeast;
    }

    /// <summary>What the approved members gave, by member: others take it over.</summary>
    private async Task<Dictionary<string, MemberResult>> Results(Work work, CancellationToken ct)
    {
        var results = new Dictionary<string, MemberResult>();
        foreach (var done in work.Members.Where(c => c.Approved))
            results[done.Code] = await cases.ResultOf(done, ct) ?? new MemberResult(null, null);
        return results;
    }

    private Task<MemberOpening> Opening(Work work, BundleMember member, Dictionary<string, MemberResult> results, CancellationToken ct) =>
        mediator.Opening(work.Bundle.CaseId, member, work.Chosen, work.Filed.Answers, results, ct);

    /// <summary>A member's path in the merged form: shared keys are the same, filled ones lead to their source, materials have the bundle's code.</summary>
    internal static string? InBundle(BundleMember member, string path)
    {
        if (AnswerPath.Material(path) is { } material)
            return member.Materials.TryGetValue(material, out var shared) ? AnswerPath.OfMaterial(shared) : null;
        return member.Fill.TryGetValue(path.Split('/')[0], out var source) ? source.Key : path;
    }

    /// <summary>One look at a bundle.</summary>
    private sealed record Work(Bundle Bundle, FiledBundle Filed, IReadOnlyList<BundleMember> Chosen)
    {
        public required IReadOnlyList<MemberCase> Members { get; set; }
    }
}

/// <summary>Every fact about a bundle's cases advances the bundle.</summary>
internal sealed class BundleEvents(IMemberCases cases, IMediator mediator)
    : IEventHandler<CaseSubmitted>, IEventHandler<CaseResubmitted>, IEventHandler<CaseDecided>, IEventHandler<CaseClosed>, IEventHandler<CorrectionRequested>, IEventHandler<CasePreChecked>, IEventHandler<CaseSignedAtWindow>
{
    public Task Handle(CaseSubmitted fact, CancellationToken ct) =>
        fact.Handler == ServiceDefinition.OneThing ? mediator.Send(new AdvanceBundle(fact.CaseId), ct) : Task.CompletedTask;

    public Task Handle(CaseResubmitted fact, CancellationToken ct) => Advance(fact.CaseId, ct);

    public Task Handle(CaseDecided fact, CancellationToken ct) => Advance(fact.CaseId, ct);

    public Task Handle(CaseClosed fact, CancellationToken ct) => Advance(fact.CaseId, ct);

    public Task Handle(CorrectionRequested fact, CancellationToken ct) => Advance(fact.CaseId, ct);

    public Task Handle(CasePreChecked fact, CancellationToken ct) => Advance(fact.CaseId, ct);

    public Task Handle(CaseSignedAtWindow fact, CancellationToken ct) => Advance(fact.CaseId, ct);

    /// <summary>The fact may be about a member or about the bundle's own case.</summary>
    private async Task Advance(Guid caseId, CancellationToken ct) =>
        await mediator.Send(new AdvanceBundle(await cases.BundleOf(caseId, ct) ?? caseId), ct);
}

/// <summary>
/// Time advances bundles too: the notice that waited for a day, the late who agree. Each bundle says when it wants to be looked at, so a
/// run reads only those that are due, page by page; once a day every open one, in case an event was given up.
/// </summary>
internal sealed partial class WatchBundles(PortalDbContext db, IMediator mediator, TimeProvider clock, ILogger<WatchBundles> logger) : IPeriodicTask
{
    /// <summary>The longest time until an open bundle is looked at again.</summary>
    public static readonly TimeSpan AtLeastEvery = TimeSpan.FromDays(1);

    private const int PageSize = 100;

    public async Task<int> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (looked, last) = (0, (At: DateTimeOffset.MinValue, Id: Guid.Empty));
        while (true)
        {
            var due = await Due(db, now, last.At, last.Id).Select(b => new { At = b.LookAt!.Value, Id = b.CaseId }).ToListAsync(ct);
            foreach (var bundle in due)
                looked += await Advance(bundle.Id, ct) ? 1 : 0;
            if (due.Count < PageSize)
                return looked;
            last = (due[^1].At, due[^1].Id);
        }
    }

    /// <summary>A page of those that are due, after the last one of the page before.</summary>
    internal static IQueryable<Bundle> Due(PortalDbContext db, DateTimeOffset now, DateTimeOffset lastAt, Guid lastId) =>
        db.Bundles.AsNoTracking().Where(b => b.EndedAt == null && b.LookAt <= now && b.LookAt >= lastAt && (b.LookAt > lastAt || b.CaseId > lastId))
            .OrderBy(b => b.LookAt).ThenBy(b => b.CaseId).Take(PageSize);

    /// <summary>One that fails stands in nobody's way: it is tried again in the next run.</summary>
    private async Task<bool> Advance(Guid id, CancellationToken ct)
    {
        try
        {
            await mediator.Send(new AdvanceBundle(id), ct);
            return true;
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            Failed(error, id);
            db.ChangeTracker.Clear();
            return false;
        }
    }

    [LoggerMessage(EventId = 62, Level = LogLevel.Error, Message = "Bundle {Bundle} could not be advanced")]
    private partial void Failed(Exception error, Guid bundle);
}
