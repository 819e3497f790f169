using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

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
        var chosen = filed.Service.Bundle!.Chosen(Facts.Of(filed.Service, filed.Answers, filed.AppliedOn));
        if (filed.State == CaseState.Withdrawn || filed.Outcome == CaseOutcome.Lapsed)
            await Drop(bundle, filed, ct);
        if (filed.State != CaseState.Withdrawn)
            await OpenReady(bundle, filed, chosen, ct);
        if (filed.State == CaseState.InReview)
        {
            await HandOutAnswers(bundle, filed, ct);
            await AgreeForTheLate(bundle, chosen, ct);
            await Collect(bundle, chosen, ct);
        }

        await EndWhenOver(bundle, filed, chosen, ct);
        return Unit.Value;
    }

    /// <summary>A withdrawn bundle takes its open members along, a lapsed one those that waited for the same answers.</summary>
    private async Task Drop(Bundle bundle, FiledBundle filed, CancellationToken ct)
    {
        foreach (var member in (await cases.Of(bundle.CaseId, ct)).Where(m => !m.Ended))
        {
            if (filed.State == CaseState.Withdrawn)
                await cases.Drop(member.Id, CaseAction.Withdraw, ct);
            else if (member.State == CaseState.CorrectionRequested)
                await cases.Drop(member.Id, CaseAction.Lapse, ct);
        }

        bundle.Answered();
    }

    private async Task OpenReady(Bundle bundle, FiledBundle filed, IReadOnlyList<BundleMember> chosen, CancellationToken ct)
    {
        var open = await cases.Of(bundle.CaseId, ct);
        var ready = BundleProgress.Ready(chosen, open);
        if (ready.Count == 0)
            return;
        var results = await Results(open, ct);
        foreach (var member in ready)
            await cases.Open(await mediator.Opening(bundle.CaseId, member, filed.Answers, results, ct), ct);
    }

    /// <summary>The applicant answered the round: its case is back in review, so what was asked of the members is answered too.</summary>
    private async Task HandOutAnswers(Bundle bundle, FiledBundle filed, CancellationToken ct)
    {
        if (bundle.Asked.Length == 0)
            return;
        var open = await cases.Of(bundle.CaseId, ct);
        var results = await Results(open, ct);
        foreach (var asked in open.Where(c => bundle.Asked.Contains(c.Id)))
            await cases.Answer(asked.Id, await mediator.Opening(bundle.CaseId, filed.Service.Bundle!.Members.First(m => m.Code == asked.Code), filed.Answers, results, ct), ct);
        bundle.Answered();
    }

    /// <summary>What the approved members gave, by member: others take it over.</summary>
    private async Task<Dictionary<string, MemberResult>> Results(IEnumerable<MemberCase> open, CancellationToken ct)
    {
        var results = new Dictionary<string, MemberResult>();
        foreach (var done in open.Where(c => c.Approved))
            results[done.Code] = await cases.ResultOf(done, ct) ?? new MemberResult(null, null);
        return results;
    }

    private async Task AgreeForTheLate(Bundle bundle, IReadOnlyList<BundleMember> chosen, CancellationToken ct)
    {
        var today = clock.Today();
        var late = (await cases.Of(bundle.CaseId, ct)).Where(c => c.InHand && c.DueOn < today && chosen.Any(m => m.Code == c.Code && m.Join == JoinPolicy.AgreedWhenLate));
        foreach (var member in late)
            await cases.Decide(member.Id, approved: true, AgreedByLateness, ct);
    }

    private async Task Collect(Bundle bundle, IReadOnlyList<BundleMember> chosen, CancellationToken ct)
    {
        var open = await cases.Of(bundle.CaseId, ct);
        var remarked = open.Where(c => c.State == CaseState.CorrectionRequested && chosen.Any(m => m.Code == c.Code)).ToList();
        if (remarked.Count == 0)
            return;
        bundle.StartCollecting(clock.GetUtcNow());
        if (!BundleProgress.MayTell(chosen, open, bundle.CollectingSince!.Value.Day(), clock.Today()))
            return;
        var paths = remarked.Select(c => new MemberPaths(c.Id, path => InBundle(chosen.First(m => m.Code == c.Code), path))).ToList();
        if (await cases.Collect(bundle.CaseId, paths, ct))
            bundle.Told(remarked.Select(c => c.Id));
    }

    private async Task EndWhenOver(Bundle bundle, FiledBundle filed, IReadOnlyList<BundleMember> chosen, CancellationToken ct)
    {
        var standing = BundleProgress.Of(chosen, await cases.Of(bundle.CaseId, ct));
        var whole = BundleProgress.Whole(chosen, standing, asked: bundle.Asked.Length > 0);
        if (whole is BundleStanding.Running or BundleStanding.ToMend && filed.State != CaseState.Withdrawn)
            return;
        await cases.End(bundle.CaseId, whole is BundleStanding.Done or BundleStanding.PartlyDone, ct);
        bundle.End(clock.GetUtcNow());
    }

    /// <summary>A member's path in the merged form: shared keys are the same, filled ones lead to their source, materials have the bundle's code.</summary>
    internal static string? InBundle(BundleMember member, string path)
    {
        if (AnswerPath.Material(path) is { } material)
            return member.Materials.TryGetValue(material, out var shared) ? AnswerPath.OfMaterial(shared) : null;
        return member.Fill.TryGetValue(path.Split('/')[0], out var source) ? source.Key : path;
    }
}

/// <summary>Every fact about a bundle's cases advances the bundle.</summary>
internal sealed class BundleEvents(IMemberCases cases, IMediator mediator)
    : IEventHandler<CaseSubmitted>, IEventHandler<CaseResubmitted>, IEventHandler<CaseDecided>, IEventHandler<CaseClosed>, IEventHandler<CorrectionRequested>
{
    public Task Handle(CaseSubmitted fact, CancellationToken ct) =>
        fact.Handler == ServiceDefinition.OneThing ? mediator.Send(new AdvanceBundle(fact.CaseId), ct) : Task.CompletedTask;

    public Task Handle(CaseResubmitted fact, CancellationToken ct) => Advance(fact.CaseId, ct);

    public Task Handle(CaseDecided fact, CancellationToken ct) => Advance(fact.CaseId, ct);

    public Task Handle(CaseClosed fact, CancellationToken ct) => Advance(fact.CaseId, ct);

    public Task Handle(CorrectionRequested fact, CancellationToken ct) => Advance(fact.CaseId, ct);

    /// <summary>The fact may be about a member or about the bundle's own case.</summary>
    private async Task Advance(Guid caseId, CancellationToken ct) =>
        await mediator.Send(new AdvanceBundle(await cases.BundleOf(caseId, ct) ?? caseId), ct);
}

/// <summary>Time advances bundles too: the notice that waited for a day, the late who agree.</summary>
internal sealed class WatchBundles(PortalDbContext db, IMediator mediator) : IPeriodicTask
{
    public async Task<int> Run(CancellationToken ct)
    {
        var open = await db.Bundles.AsNoTracking().Where(b => b.EndedAt == null).OrderBy(b => b.SubmittedAt).Select(b => b.CaseId).ToListAsync(ct);
        foreach (var id in open)
            await mediator.Send(new AdvanceBundle(id), ct);
        return 0;
    }
}
