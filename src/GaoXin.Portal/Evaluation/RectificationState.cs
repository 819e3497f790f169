using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Evaluation;

/// <summary>Where the rectification (整改) of a 差评 stands.</summary>
public enum RectificationState
{
    /// <summary>待认领.</summary>
    [Chinese("待认领")]
    Open,

    /// <summary>待回访.</summary>
    [Chinese("待回访")]
    Claimed,

    /// <summary>整改中.</summary>
    [Chinese("整改中")]
    Fixing,

    /// <summary>待审核.</summary>
    [Chinese("待审核")]
    InReview,

    /// <summary>申诉中: the unit or the person rated says that it should not count.</summary>
    [Chinese("申诉中")]
    Appealed,

    /// <summary>已办结.</summary>
    [Chinese("已办结")]
    Closed,

    /// <summary>裁定不计入. The rating itself stays.</summary>
    [Chinese("裁定不计入")]
    Excluded,
}

/// <summary>What can happen to a rectification.</summary>
public enum RectificationAction
{
    /// <summary>认领.</summary>
    [Chinese("认领")]
    Claim,

    /// <summary>回访.</summary>
    [Chinese("回访")]
    RecordCall,

    /// <summary>延长整改时间.</summary>
    [Chinese("延长整改时间")]
    Extend,

    /// <summary>提交整改.</summary>
    [Chinese("提交整改")]
    SubmitFix,

    /// <summary>审核通过.</summary>
    [Chinese("审核通过")]
    ApproveFix,

    /// <summary>退回整改.</summary>
    [Chinese("退回整改")]
    SendBackFix,

    /// <summary>申诉.</summary>
    [Chinese("申诉")]
    Appeal,

    /// <summary>裁定申诉成立.</summary>
    [Chinese("裁定申诉成立")]
    UpholdAppeal,

    /// <summary>裁定申诉不成立.</summary>
    [Chinese("裁定申诉不成立")]
    RejectAppeal,
}

/// <summary>In which capacity somebody acts on a rectification.</summary>
public enum RectificationActor
{
    /// <summary>承办联络员 of the unit.</summary>
    Liaison,

    /// <summary>回访员.</summary>
    Caller,

    /// <summary>督办员: reviews and rules.</summary>
    Supervisor,

    /// <summary>被评的人, whatever the roles.</summary>
    Rated,
}

/// <summary>Why a 差评 does not count.</summary>
public enum ExclusionReason
{
    /// <summary>恶意评价, with proof.</summary>
    [Chinese("查实是恶意评价")]
    Malicious,

    /// <summary>评错了对象.</summary>
    [Chinese("评错了对象")]
    WrongSubject,

    /// <summary>与服务无关.</summary>
    [Chinese("和这次服务没有关系")]
    NotAboutService,

    /// <summary>不是本人的意思.</summary>
    [Chinese("不是本人的意思")]
    NotOwnWill,
}

/// <summary>Who moves a rectification, and when.</summary>
internal sealed record RectificationMove(Guid UserId, string? Unit, IReadOnlySet<RectificationActor> Actors, DateTimeOffset Now, EvaluationTime Time);

/// <summary>One row of the state table: where from, what, where to, who, and what must hold besides.</summary>
internal sealed record RectificationRule(
    RectificationState[] From, RectificationAction Action, RectificationState To, RectificationActor[] Who, Func<Rectification, RectificationMove, Refusal?> Guard);

/// <summary>The one state table. What is not in it is refused and writes nothing.</summary>
internal static class RectificationTransitions
{
    public static readonly IReadOnlyList<RectificationRule> Rules =
    [
        // Straight to Fixing when there is nobody to call: 匿名, or no telephone.
        new([RectificationState.Open], RectificationAction.Claim, RectificationState.Claimed, [RectificationActor.Liaison], OwnUnitNotRated),
        new([RectificationState.Claimed], RectificationAction.RecordCall, RectificationState.Fixing, [RectificationActor.Caller], NotRated),
        new([RectificationState.Fixing], RectificationAction.Extend, RectificationState.Fixing, [RectificationActor.Liaison], MayExtend),
        new([RectificationState.Fixing], RectificationAction.SubmitFix, RectificationState.InReview, [RectificationActor.Liaison], OwnUnitNotRated),
        new([RectificationState.InReview], RectificationAction.ApproveFix, RectificationState.Closed, [RectificationActor.Supervisor], ThirdPerson),
        new([RectificationState.InReview], RectificationAction.SendBackFix, RectificationState.Fixing, [RectificationActor.Supervisor], ThirdPerson),
        new([RectificationState.Open, RectificationState.Claimed, RectificationState.Fixing], RectificationAction.Appeal, RectificationState.Appealed,
            [RectificationActor.Liaison, RectificationActor.Rated], MayAppeal),
        new([RectificationState.Appealed], RectificationAction.UpholdAppeal, RectificationState.Excluded, [RectificationActor.Supervisor], ThirdPerson),
        // Back to where it was.
        new([RectificationState.Appealed], RectificationAction.RejectAppeal, RectificationState.Open, [RectificationActor.Supervisor], ThirdPerson),
    ];

    /// <summary>The row for an action in a state, or null.</summary>
    public static RectificationRule? Find(RectificationState from, RectificationAction action) => Rules.FirstOrDefault(r => r.Action == action && r.From.Contains(from));

    /// <summary>What somebody may do now; guards included.</summary>
    public static IReadOnlyList<RectificationAction> Possible(Rectification about, RectificationMove move) =>
        [.. Rules.Where(r => r.From.Contains(about.State) && r.Who.Any(move.Actors.Contains) && r.Guard(about, move) is null).Select(r => r.Action)];

    /// <summary>The capacities of a user towards one rectification.</summary>
    public static IReadOnlySet<RectificationActor> ActorsOf(ICurrentUser user, Guid? ratedId)
    {
        var actors = new HashSet<RectificationActor>();
        if (user.IsInRole(Roles.UnitLiaison))
            actors.Add(RectificationActor.Liaison);
        if (user.IsInRole(Roles.CallBackOfficer))
            actors.Add(RectificationActor.Caller);
        if (user.IsInRole(Roles.ComplaintSupervisor))
            actors.Add(RectificationActor.Supervisor);
        if (user.Id == ratedId)
            actors.Add(RectificationActor.Rated);
        return actors;
    }

    private static Refusal? NotRated(Rectification about, RectificationMove move) => move.UserId == about.RatedId ? EvaluationRefusals.AboutYou() : null;

    private static Refusal? OwnUnit(Rectification about, RectificationMove move) => move.Unit != about.Unit ? EvaluationRefusals.OtherUnit() : null;

    private static Refusal? OwnUnitNotRated(Rectification about, RectificationMove move) => OwnUnit(about, move) ?? NotRated(about, move);

    private static Refusal? MayExtend(Rectification about, RectificationMove move) => OwnUnitNotRated(about, move)
        ?? (about.Extended ? EvaluationRefusals.ExtendedBefore() : move.Now > about.FixDueAt ? EvaluationRefusals.FixOverdue() : null);

    private static Refusal? MayAppeal(Rectification about, RectificationMove move) => (move.Actors.Contains(RectificationActor.Rated) ? null : OwnUnit(about, move))
        ?? (about.AppealedAt is not null ? EvaluationRefusals.AppealedBefore()
            : move.Now > move.Time.EndAfter(about.OpenedAt, about.AppealDays) ? EvaluationRefusals.AppealTooLate(about.AppealDays) : null);

    /// <summary>Who was rated, who called, and who fixed or appealed do not judge it.</summary>
    private static Refusal? ThirdPerson(Rectification about, RectificationMove move) =>
        new[] { about.RatedId, about.CalledBy, about.ClaimedBy, about.FixedBy, about.AppealedBy }.Contains(move.UserId) ? EvaluationRefusals.ThreePeople() : null;
}
