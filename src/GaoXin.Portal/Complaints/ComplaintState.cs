using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Complaints;

/// <summary>Where a complaint (诉求) stands.</summary>
public enum ComplaintState
{
    /// <summary>待受理.</summary>
    [Chinese("待受理")]
    Submitted,

    /// <summary>待派单.</summary>
    [Chinese("待派单")]
    Accepted,

    /// <summary>待签收.</summary>
    [Chinese("待签收")]
    Dispatched,

    /// <summary>办理中.</summary>
    [Chinese("办理中")]
    InProgress,

    /// <summary>答复待审.</summary>
    [Chinese("答复待审")]
    ReplyReview,

    /// <summary>待回访.</summary>
    [Chinese("待回访")]
    Replied,

    /// <summary>办结.</summary>
    [Chinese("办结")]
    Closed,

    /// <summary>退单审核.</summary>
    [Chinese("退单审核")]
    ReturnPending,

    /// <summary>挂起.</summary>
    [Chinese("挂起")]
    Suspended,

    /// <summary>不予受理.</summary>
    [Chinese("不予受理")]
    NotAccepted,

    /// <summary>并单.</summary>
    [Chinese("已并单")]
    Merged,

    /// <summary>撤回.</summary>
    [Chinese("已撤回")]
    Withdrawn,
}

/// <summary>What can happen to a complaint.</summary>
public enum ComplaintAction
{
    /// <summary>受理.</summary>
    [Chinese("受理")]
    Accept,

    /// <summary>不予受理.</summary>
    [Chinese("不予受理")]
    RefuseToAccept,

    /// <summary>并单.</summary>
    [Chinese("并单")]
    Merge,

    /// <summary>解除并单.</summary>
    [Chinese("解除并单")]
    Unmerge,

    /// <summary>派单.</summary>
    [Chinese("派单")]
    Dispatch,

    /// <summary>签收.</summary>
    [Chinese("签收")]
    Sign,

    /// <summary>申请退单.</summary>
    [Chinese("申请退单")]
    AskReturn,

    /// <summary>同意退单.</summary>
    [Chinese("同意退单")]
    UpholdReturn,

    /// <summary>不同意退单，首接负责.</summary>
    [Chinese("不同意退单")]
    RefuseReturn,

    /// <summary>同意挂起.</summary>
    [Chinese("挂起")]
    Suspend,

    /// <summary>恢复办理.</summary>
    [Chinese("恢复办理")]
    Resume,

    /// <summary>提交答复.</summary>
    [Chinese("提交答复")]
    SubmitReply,

    /// <summary>答复审核通过.</summary>
    [Chinese("审核通过")]
    ApproveReply,

    /// <summary>答复退回修改.</summary>
    [Chinese("退回修改")]
    SendBackReply,

    /// <summary>回访办结.</summary>
    [Chinese("办结")]
    Close,

    /// <summary>重办.</summary>
    [Chinese("重办")]
    Reopen,

    /// <summary>撤回.</summary>
    [Chinese("撤回")]
    Withdraw,
}

/// <summary>In which capacity somebody acts on a complaint.</summary>
public enum ComplaintActor
{
    /// <summary>诉求人.</summary>
    Citizen,

    /// <summary>自动规则.</summary>
    System,

    /// <summary>受理员，也就是派单员.</summary>
    Clerk,

    /// <summary>承办联络员.</summary>
    Liaison,

    /// <summary>承办人.</summary>
    Handler,

    /// <summary>答复审核员.</summary>
    Reviewer,

    /// <summary>回访员.</summary>
    CallBackOfficer,

    /// <summary>督办员.</summary>
    Supervisor,
}

/// <summary>One row of the state table: where from, what, where to, who, and what must hold besides.</summary>
internal sealed record ComplaintRule(
    int Row, ComplaintState[] From, ComplaintAction Action, ComplaintState To, ComplaintActor[] Who, Func<Complaint, ComplaintMove, Refusal?>? Guard = null);

/// <summary>Who moves a complaint, and when.</summary>
internal sealed record ComplaintMove(Guid UserId, string? Unit, IReadOnlySet<ComplaintActor> Actors, DateTimeOffset Now, ComplaintTime Time);

/// <summary>The one state table. What is not in it is refused and writes nothing. The row numbers are those of the specification.</summary>
internal static class ComplaintTransitions
{
    public static readonly IReadOnlyList<ComplaintRule> Rules =
    [
        new(1, [ComplaintState.Submitted], ComplaintAction.Accept, ComplaintState.Accepted, [ComplaintActor.Clerk, ComplaintActor.System], ComplaintGuards.Classified),
        new(2, [ComplaintState.Submitted], ComplaintAction.RefuseToAccept, ComplaintState.NotAccepted, [ComplaintActor.Clerk]),
        new(3, [ComplaintState.Submitted, ComplaintState.Accepted, ComplaintState.Dispatched], ComplaintAction.Merge, ComplaintState.Merged, [ComplaintActor.Clerk], ComplaintGuards.HasMaster),
        // The target is where the complaint was merged from. The system does it when the master ends without a reply.
        new(3, [ComplaintState.Merged], ComplaintAction.Unmerge, ComplaintState.Submitted, [ComplaintActor.Clerk, ComplaintActor.System]),
        new(4, [ComplaintState.Accepted], ComplaintAction.Dispatch, ComplaintState.Dispatched, [ComplaintActor.Clerk, ComplaintActor.System], ComplaintGuards.HasUnit),
        new(5, [ComplaintState.Dispatched], ComplaintAction.Sign, ComplaintState.InProgress, [ComplaintActor.Liaison, ComplaintActor.Handler], ComplaintGuards.OwnUnit),
        new(6, [ComplaintState.Dispatched], ComplaintAction.AskReturn, ComplaintState.ReturnPending, [ComplaintActor.Liaison], ComplaintGuards.MayReturn),
        new(7, [ComplaintState.ReturnPending], ComplaintAction.UpholdReturn, ComplaintState.Accepted, [ComplaintActor.Clerk, ComplaintActor.Supervisor], ComplaintGuards.MayRule),
        new(7, [ComplaintState.ReturnPending], ComplaintAction.RefuseReturn, ComplaintState.Dispatched, [ComplaintActor.Clerk, ComplaintActor.Supervisor], ComplaintGuards.MayRule),
        new(8, [ComplaintState.InProgress], ComplaintAction.Suspend, ComplaintState.Suspended, [ComplaintActor.Clerk], ComplaintGuards.SuspensionAsked),
        new(8, [ComplaintState.Suspended], ComplaintAction.Resume, ComplaintState.InProgress,
            [ComplaintActor.Clerk, ComplaintActor.Liaison, ComplaintActor.Citizen, ComplaintActor.System], ComplaintGuards.MayResume),
        new(9, [ComplaintState.InProgress], ComplaintAction.SubmitReply, ComplaintState.ReplyReview, [ComplaintActor.Handler], ComplaintGuards.MayReply),
        new(10, [ComplaintState.ReplyReview], ComplaintAction.ApproveReply, ComplaintState.Replied, [ComplaintActor.Reviewer], ComplaintGuards.SecondPerson),
        new(10, [ComplaintState.ReplyReview], ComplaintAction.SendBackReply, ComplaintState.InProgress, [ComplaintActor.Reviewer], ComplaintGuards.SecondPerson),
        new(11, [ComplaintState.Replied], ComplaintAction.Close, ComplaintState.Closed, [ComplaintActor.CallBackOfficer], ComplaintGuards.CalledBack),
        new(12, [ComplaintState.Replied, ComplaintState.Closed], ComplaintAction.Reopen, ComplaintState.InProgress, [ComplaintActor.CallBackOfficer, ComplaintActor.Citizen], ComplaintGuards.MayReopen),
        new(13, [.. Open], ComplaintAction.Withdraw, ComplaintState.Withdrawn, [ComplaintActor.Citizen]),
    ];

    /// <summary>States in which a complaint is still somebody's work.</summary>
    public static IReadOnlySet<ComplaintState> Open => OpenStates.All;

    /// <summary>The row for an action in a state, or null.</summary>
    public static ComplaintRule? Find(ComplaintState from, ComplaintAction action) =>
        Rules.FirstOrDefault(r => r.Action == action && r.From.Contains(from));

    /// <summary>The actions somebody may take now; guards included.</summary>
    public static IReadOnlyList<ComplaintAction> Possible(Complaint complaint, ComplaintMove move) =>
        [.. Rules.Where(r => r.From.Contains(complaint.State) && r.Who.Any(move.Actors.Contains)).Select(r => r.Action).Distinct()];

    /// <summary>The capacities of a user. A member of staff is never the citizen, whatever he knows.</summary>
    public static IReadOnlySet<ComplaintActor> ActorsOf(ICurrentUser user)
    {
        if (user.IsSystem)
            return new HashSet<ComplaintActor> { ComplaintActor.System };
        if (!user.IsStaff)
            return new HashSet<ComplaintActor> { ComplaintActor.Citizen };
        return RoleActors.Where(p => user.IsInRole(p.Role)).Select(p => p.Actor).ToHashSet();
    }

    private static readonly (string Role, ComplaintActor Actor)[] RoleActors =
    [
        (Roles.ComplaintClerk, ComplaintActor.Clerk), (Roles.UnitLiaison, ComplaintActor.Liaison), (Roles.ComplaintHandler, ComplaintActor.Handler),
        (Roles.ReplyReviewer, ComplaintActor.Reviewer), (Roles.CallBackOfficer, ComplaintActor.CallBackOfficer), (Roles.ComplaintSupervisor, ComplaintActor.Supervisor),
    ];

    private static class OpenStates
    {
        public static readonly HashSet<ComplaintState> All =
        [
            ComplaintState.Submitted, ComplaintState.Accepted, ComplaintState.Dispatched, ComplaintState.InProgress, ComplaintState.ReplyReview, ComplaintState.Replied,
            ComplaintState.ReturnPending, ComplaintState.Suspended,
        ];
    }
}
