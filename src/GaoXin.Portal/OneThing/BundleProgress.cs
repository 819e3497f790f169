using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.OneThing;

/// <summary>Where a member of a bundle stands.</summary>
public enum MemberStanding
{
    /// <summary>等前一步: a predecessor is not approved yet.</summary>
    Waiting,

    /// <summary>前一步没办成，不再办.</summary>
    Blocked,

    /// <summary>正在办.</summary>
    InHand,

    /// <summary>等申请人来面签: looked through, the clock stands still.</summary>
    ToSign,

    /// <summary>有要改的.</summary>
    ToMend,

    /// <summary>办好了.</summary>
    Done,

    /// <summary>没办成: refused, not accepted, lapsed.</summary>
    Failed,

    /// <summary>撤回.</summary>
    Withdrawn,
}

/// <summary>How a bundle stands, always derived from its members.</summary>
public enum BundleStanding
{
    /// <summary>正在办.</summary>
    Running,

    /// <summary>等您改.</summary>
    ToMend,

    /// <summary>全部办好.</summary>
    Done,

    /// <summary>部分办好: some were approved, some not.</summary>
    PartlyDone,

    /// <summary>没办成.</summary>
    Failed,

    /// <summary>已撤回.</summary>
    Withdrawn,
}

/// <summary>What follows from the chosen members and their cases. Pure: the same cases give the same answer, however often it is asked.</summary>
internal static class BundleProgress
{
    /// <summary>The predecessors that were chosen too: who was not chosen is not waited for.</summary>
    public static IReadOnlyList<string> Predecessors(BundleMember member, IReadOnlyList<BundleMember> chosen) =>
        [.. member.After.Where(a => chosen.Any(c => c.Code == a))];

    /// <summary>Each chosen member's standing.</summary>
    public static IReadOnlyDictionary<string, MemberStanding> Of(IReadOnlyList<BundleMember> chosen, IReadOnlyList<MemberCase> cases)
    {
        var standing = new Dictionary<string, MemberStanding>();
        foreach (var member in chosen)
        {
            var own = cases.FirstOrDefault(c => c.Code == member.Code);
            standing[member.Code] = own is not null ? Of(own) : Unopened(Predecessors(member, chosen).Select(p => standing.GetValueOrDefault(p, MemberStanding.Waiting)));
        }

        return standing;
    }

    /// <summary>Members without a case yet whose predecessors are all approved, or that are looked at beforehand (预审).</summary>
    public static IReadOnlyList<BundleMember> Ready(IReadOnlyList<BundleMember> chosen, IReadOnlyList<MemberCase> cases) =>
        [.. chosen.Where(m => cases.All(c => c.Code != m.Code) && (m.PreReview || Predecessors(m, chosen).All(p => cases.Any(c => c.Code == p && c.Approved))))];

    /// <summary>Cases that were looked at beforehand for nothing: a predecessor failed.</summary>
    public static IEnumerable<MemberCase> InVain(IReadOnlyList<BundleMember> chosen, IReadOnlyList<MemberCase> cases)
    {
        var standing = Of(chosen, cases);
        return cases.Where(c => !c.Ended && chosen.FirstOrDefault(m => m.Code == c.Code) is { PreReview: true } member && Predecessors(member, chosen).Any(p => HasFailed(standing[p])));
    }

    /// <summary>Cases that agree by their lateness: not before their predecessors are approved.</summary>
    public static IEnumerable<MemberCase> Agreeing(IReadOnlyList<BundleMember> chosen, IReadOnlyList<MemberCase> cases, DateOnly today) =>
        cases.Where(c => c.InHand && c.DueOn < today && chosen.FirstOrDefault(m => m.Code == c.Code) is { Join: JoinPolicy.AgreedWhenLate } member
            && Predecessors(member, chosen).All(p => cases.Any(o => o.Code == p && o.Approved)));

    /// <summary>The first day on which time alone changes something: remarks that waited a day, or somebody who agrees by lateness; null when there is none.</summary>
    public static DateOnly? NextDay(IReadOnlyList<BundleMember> chosen, IReadOnlyList<MemberCase> cases, DateOnly? collectingSince)
    {
        var days = cases.Where(c => c.InHand && chosen.Any(m => m.Code == c.Code && m.Join == JoinPolicy.AgreedWhenLate)).Select(c => c.DueOn).Append(collectingSince).OfType<DateOnly>().ToList();
        return days.Count == 0 ? null : days.Min().AddDays(1);
    }

    /// <summary>The whole. An advisory member's refusal counts as heard.</summary>
    public static BundleStanding Whole(IReadOnlyList<BundleMember> chosen, IReadOnlyDictionary<string, MemberStanding> standing, bool asked)
    {
        if (asked)
            return BundleStanding.ToMend;
        if (standing.Values.Any(s => s is MemberStanding.Waiting or MemberStanding.InHand or MemberStanding.ToSign or MemberStanding.ToMend))
            return BundleStanding.Running;
        var counted = chosen.Where(m => m.Join != JoinPolicy.Advisory || standing[m.Code] == MemberStanding.Done).Select(m => standing[m.Code]).ToList();
        if (counted.Count > 0 && counted.All(s => s == MemberStanding.Done))
            return BundleStanding.Done;
        if (counted.Contains(MemberStanding.Done))
            return BundleStanding.PartlyDone;
        return standing.Values.All(s => s is MemberStanding.Withdrawn or MemberStanding.Blocked) && standing.Values.Contains(MemberStanding.Withdrawn)
            ? BundleStanding.Withdrawn
            : BundleStanding.Failed;
    }

    /// <summary>
    /// 一次告知: the notice goes out when every department that is at work has spoken, at the latest on the day after the first remark.
    /// Outside parties make no remarks, so nobody waits for them.
    /// </summary>
    public static bool MayTell(IReadOnlyList<BundleMember> chosen, IReadOnlyList<MemberCase> cases, DateOnly since, DateOnly today) =>
        today > since || cases.Where(c => c.InHand).All(c => chosen.FirstOrDefault(m => m.Code == c.Code) is not { Party: null });

    private static MemberStanding Of(MemberCase own) => own switch
    {
        { Approved: true } => MemberStanding.Done,
        { State: CaseState.CorrectionRequested } => MemberStanding.ToMend,
        { State: CaseState.PreChecked } => MemberStanding.ToSign,
        { State: CaseState.Withdrawn } => MemberStanding.Withdrawn,
        { State: CaseState.Closed } => MemberStanding.Failed,
        _ => MemberStanding.InHand,
    };

    private static MemberStanding Unopened(IEnumerable<MemberStanding> predecessors) =>
        predecessors.Any(HasFailed) ? MemberStanding.Blocked : MemberStanding.Waiting;

    private static bool HasFailed(MemberStanding standing) => standing is MemberStanding.Failed or MemberStanding.Withdrawn or MemberStanding.Blocked;
}
