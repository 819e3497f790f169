using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.OneThing;

/// <summary>The applicant's own submitted bundle with all its members (查进度). Not there and not yours look alike.</summary>
[ForCitizens]
public sealed record GetBundleTrack(Guid BundleId) : IQuery<BundleTrack>;

/// <summary>A bundle and its members.</summary>
/// <param name="Standing">How the whole stands, derived.</param>
/// <param name="Members">The chosen members, predecessors first.</param>
/// <param name="Comparison">What filing as one saved.</param>
public sealed record BundleTrack(BundleStanding Standing, IReadOnlyList<TrackedMember> Members, BundleComparison Comparison)
{
    /// <summary>How many members have their result.</summary>
    public int Done => Members.Count(m => m.Standing == MemberStanding.Done);
}

/// <summary>A member as the applicant sees it.</summary>
public sealed record TrackedMember(string Title, string Department, MemberStanding Standing, Guid? CaseId, string? Number, DateOnly? DueOn, Guid? LicenceId, IReadOnlyList<string> WaitsFor)
{
    /// <summary>True while the department has not received it (受理): the last day is that of receiving it.</summary>
    public bool ToReceive { get; init; }
}

internal sealed class GetBundleTrackHandler(PortalDbContext db, ICurrentUser user, IMemberCases cases, IMediator mediator) : IRequestHandler<GetBundleTrack, BundleTrack>
{
    public async Task<BundleTrack> Handle(GetBundleTrack request, CancellationToken ct)
    {
        var bundle = await db.Bundles.AsNoTracking().SingleOrDefaultAsync(b => b.CaseId == request.BundleId && b.ApplicantId == user.Id, ct).OrNotFound("bundle");
        var filed = await cases.Filed(bundle.CaseId, ct);
        var definition = filed.Service.Bundle!;
        var chosen = definition.Chosen(Facts.Of(filed.Service, filed.Answers, filed.AppliedOn));
        var own = await cases.Of(bundle.CaseId, ct);
        var standing = BundleProgress.Of(chosen, own);
        var departments = (await mediator.Send(new GetReference(ReferenceKind.Departments), ct)).ToDictionary(d => d.Code, d => d.Title);
        return new BundleTrack(
            BundleProgress.Whole(chosen, standing, bundle.Asked.Length > 0),
            [.. chosen.Select(m => Line(m, own.FirstOrDefault(c => c.Code == m.Code)))],
            definition.Compare(chosen));

        TrackedMember Line(BundleMember member, MemberCase? opened) => new(
            member.Title, departments.GetValueOrDefault(member.Department, member.Department), standing[member.Code], opened?.Id, opened?.Number, opened?.DueOn, opened?.LicenceId,
            [.. BundleProgress.Predecessors(member, chosen).Where(p => standing[p] != MemberStanding.Done).Select(p => chosen.First(c => c.Code == p).Title)])
        { ToReceive = opened?.State == CaseState.Submitted };
    }
}
