using System.Collections.Frozen;

namespace GaoXin.Portal.Cases;

/// <summary>Where a case (办件) stands.</summary>
public enum CaseState
{
    /// <summary>草稿: being filled in; waiting for signatures is a condition on it, not a state.</summary>
    Draft,

    /// <summary>已提交: the receipt clock runs.</summary>
    Submitted,

    /// <summary>预审通过: waits for the applicant to sign in the hall (面签); only where the promise counts from the signing.</summary>
    PreChecked,

    /// <summary>已受理: the promise clock runs.</summary>
    Accepted,

    /// <summary>审查中.</summary>
    InReview,

    /// <summary>等您补材料: paused until the applicant answers.</summary>
    CorrectionRequested,

    /// <summary>已决定: approved or refused.</summary>
    Decided,

    /// <summary>已出证.</summary>
    Issued,

    /// <summary>办结.</summary>
    Closed,

    /// <summary>已撤回.</summary>
    Withdrawn,
}

/// <summary>What can happen to a case.</summary>
public enum CaseAction
{
    /// <summary>提交.</summary>
    Submit,

    /// <summary>自动通过: every rule passed.</summary>
    ApproveAutomatically,

    /// <summary>预审通过.</summary>
    PreCheck,

    /// <summary>受理.</summary>
    Accept,

    /// <summary>不予受理.</summary>
    RefuseToAccept,

    /// <summary>进入审查.</summary>
    StartReview,

    /// <summary>要求补正.</summary>
    RequestCorrection,

    /// <summary>补正后再交.</summary>
    Resubmit,

    /// <summary>补正逾期, 预审通过后没按时约面签, or what was promised for later did not come (容缺补交逾期).</summary>
    Lapse,

    /// <summary>准予.</summary>
    Approve,

    /// <summary>不予.</summary>
    Refuse,

    /// <summary>出证.</summary>
    Issue,

    /// <summary>送达并办结.</summary>
    Close,

    /// <summary>撤回申请.</summary>
    Withdraw,

    /// <summary>撤销决定, with a reason and a second person.</summary>
    Revoke,
}

/// <summary>The one state table, for every service. What is not in it is refused and writes nothing.</summary>
public static class CaseTransitions
{
    /// <summary>(from, action) → to. A resubmitted case goes back to where the correction came from, so both targets are listed there; one that was pre-checked is looked at again.</summary>
    public static readonly FrozenDictionary<(CaseState From, CaseAction Action), CaseState[]> Table =
        new Dictionary<(CaseState, CaseAction), CaseState[]>
        {
            [(CaseState.Draft, CaseAction.Submit)] = [CaseState.Submitted],
            [(CaseState.Draft, CaseAction.Withdraw)] = [CaseState.Withdrawn],
            [(CaseState.Submitted, CaseAction.ApproveAutomatically)] = [CaseState.Decided],
            [(CaseState.Submitted, CaseAction.PreCheck)] = [CaseState.PreChecked],
            [(CaseState.Submitted, CaseAction.Accept)] = [CaseState.Accepted],
            [(CaseState.Submitted, CaseAction.RefuseToAccept)] = [CaseState.Closed],
            [(CaseState.Submitted, CaseAction.RequestCorrection)] = [CaseState.CorrectionRequested],
            [(CaseState.Submitted, CaseAction.Lapse)] = [CaseState.Closed],
            [(CaseState.Submitted, CaseAction.Withdraw)] = [CaseState.Withdrawn],
            [(CaseState.PreChecked, CaseAction.Accept)] = [CaseState.Accepted],
            [(CaseState.PreChecked, CaseAction.RefuseToAccept)] = [CaseState.Closed],
            [(CaseState.PreChecked, CaseAction.RequestCorrection)] = [CaseState.CorrectionRequested],
            [(CaseState.PreChecked, CaseAction.Lapse)] = [CaseState.Closed],
            [(CaseState.PreChecked, CaseAction.Withdraw)] = [CaseState.Withdrawn],
            [(CaseState.Accepted, CaseAction.StartReview)] = [CaseState.InReview],
            [(CaseState.Accepted, CaseAction.Lapse)] = [CaseState.Closed],
            [(CaseState.Accepted, CaseAction.Withdraw)] = [CaseState.Withdrawn],
            [(CaseState.InReview, CaseAction.RequestCorrection)] = [CaseState.CorrectionRequested],
            [(CaseState.InReview, CaseAction.Approve)] = [CaseState.Decided],
            [(CaseState.InReview, CaseAction.Refuse)] = [CaseState.Decided],
            [(CaseState.InReview, CaseAction.Lapse)] = [CaseState.Closed],
            [(CaseState.InReview, CaseAction.Withdraw)] = [CaseState.Withdrawn],
            [(CaseState.CorrectionRequested, CaseAction.Resubmit)] = [CaseState.Submitted, CaseState.InReview],
            [(CaseState.CorrectionRequested, CaseAction.Lapse)] = [CaseState.Closed],
            [(CaseState.CorrectionRequested, CaseAction.Withdraw)] = [CaseState.Withdrawn],
            [(CaseState.Decided, CaseAction.Issue)] = [CaseState.Issued],
            [(CaseState.Decided, CaseAction.Close)] = [CaseState.Closed],
            [(CaseState.Decided, CaseAction.Revoke)] = [CaseState.InReview],
            [(CaseState.Issued, CaseAction.Close)] = [CaseState.Closed],
            [(CaseState.Closed, CaseAction.Revoke)] = [CaseState.InReview],
        }.ToFrozenDictionary();

    /// <summary>True when the action is allowed in the state.</summary>
    public static bool Allows(CaseState from, CaseAction action) => Table.ContainsKey((from, action));

    /// <summary>States in which the case is still somebody's work.</summary>
    public static readonly FrozenSet<CaseState> Open =
        new[] { CaseState.Submitted, CaseState.PreChecked, CaseState.Accepted, CaseState.InReview, CaseState.CorrectionRequested, CaseState.Decided, CaseState.Issued }.ToFrozenSet();

    /// <summary>True while an officer may take the case: nothing is decided yet.</summary>
    public static bool Workable(CaseState state) => Open.Contains(state) && state is not (CaseState.Decided or CaseState.Issued);

    /// <summary>The state in the applicant's words.</summary>
    public static string InPlainWords(CaseState state) => state switch
    {
        CaseState.Draft => "还没提交",
        CaseState.Submitted => "已提交，等受理",
        CaseState.PreChecked => "预审通过，等您来面签",
        CaseState.Accepted => "收下了，排队审核",
        CaseState.InReview => "正在审核",
        CaseState.CorrectionRequested => "等您补材料",
        CaseState.Decided => "已决定，正在出证",
        CaseState.Issued => "已出证",
        CaseState.Closed => "办完了",
        CaseState.Withdrawn => "您已撤回",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
