using System.Collections.Frozen;
using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Hall;

/// <summary>Where a ticket (排队号) stands.</summary>
public enum TicketState
{
    /// <summary>已预约: the appointment exists, its person is not in line yet.</summary>
    [Chinese("已预约")]
    Booked,

    /// <summary>已到厅: identity checked, about to join the line.</summary>
    [Chinese("已到厅")]
    CheckedIn,

    /// <summary>排队中.</summary>
    [Chinese("排队中")]
    Waiting,

    /// <summary>已叫号.</summary>
    [Chinese("叫到了")]
    Called,

    /// <summary>办理中.</summary>
    [Chinese("正在办")]
    Serving,

    /// <summary>暂离: keeps its place until it comes back, at the latest when the time is over.</summary>
    [Chinese("暂时离开")]
    Parked,

    /// <summary>过号.</summary>
    [Chinese("过号")]
    Missed,

    /// <summary>办完.</summary>
    [Chinese("办完了")]
    Done,

    /// <summary>不排了.</summary>
    [Chinese("已退号")]
    Left,

    /// <summary>作废, with a reason.</summary>
    [Chinese("已作废")]
    Voided,
}

/// <summary>What can happen to a ticket.</summary>
public enum TicketAction
{
    /// <summary>签到.</summary>
    CheckIn,

    /// <summary>开始排队.</summary>
    Join,

    /// <summary>叫号.</summary>
    Call,

    /// <summary>重呼.</summary>
    Recall,

    /// <summary>开始办理.</summary>
    Start,

    /// <summary>办完.</summary>
    Finish,

    /// <summary>暂离, with a reason and a time.</summary>
    Park,

    /// <summary>回来了.</summary>
    Resume,

    /// <summary>转到另一个业务, with the same due time.</summary>
    Transfer,

    /// <summary>放回队里, with the same due time: the window cannot go on.</summary>
    PutBack,

    /// <summary>过号.</summary>
    Miss,

    /// <summary>过号后回来.</summary>
    Rejoin,

    /// <summary>不排了.</summary>
    Leave,

    /// <summary>作废.</summary>
    Void,
}

/// <summary>The one state table of tickets. What is not in it is refused and writes nothing.</summary>
public static class TicketTransitions
{
    /// <summary>(from, action) → to. A parked ticket whose time is over is called like a waiting one.</summary>
    public static readonly FrozenDictionary<(TicketState From, TicketAction Action), TicketState> Table =
        new Dictionary<(TicketState, TicketAction), TicketState>
        {
            [(TicketState.Booked, TicketAction.CheckIn)] = TicketState.CheckedIn,
            [(TicketState.Booked, TicketAction.Void)] = TicketState.Voided,
            [(TicketState.CheckedIn, TicketAction.Join)] = TicketState.Waiting,
            [(TicketState.CheckedIn, TicketAction.Leave)] = TicketState.Left,
            [(TicketState.CheckedIn, TicketAction.Void)] = TicketState.Voided,
            [(TicketState.Waiting, TicketAction.Call)] = TicketState.Called,
            [(TicketState.Waiting, TicketAction.Leave)] = TicketState.Left,
            [(TicketState.Waiting, TicketAction.Void)] = TicketState.Voided,
            [(TicketState.Called, TicketAction.Recall)] = TicketState.Called,
            [(TicketState.Called, TicketAction.Start)] = TicketState.Serving,
            [(TicketState.Called, TicketAction.Miss)] = TicketState.Missed,
            [(TicketState.Called, TicketAction.PutBack)] = TicketState.Waiting,
            [(TicketState.Called, TicketAction.Void)] = TicketState.Voided,
            [(TicketState.Serving, TicketAction.Finish)] = TicketState.Done,
            [(TicketState.Serving, TicketAction.Park)] = TicketState.Parked,
            [(TicketState.Serving, TicketAction.Transfer)] = TicketState.Waiting,
            [(TicketState.Serving, TicketAction.PutBack)] = TicketState.Waiting,
            [(TicketState.Serving, TicketAction.Void)] = TicketState.Voided,
            [(TicketState.Parked, TicketAction.Resume)] = TicketState.Waiting,
            [(TicketState.Parked, TicketAction.Call)] = TicketState.Called,
            [(TicketState.Parked, TicketAction.Leave)] = TicketState.Left,
            [(TicketState.Parked, TicketAction.Void)] = TicketState.Voided,
            [(TicketState.Missed, TicketAction.Rejoin)] = TicketState.Waiting,
            [(TicketState.Missed, TicketAction.Leave)] = TicketState.Left,
            [(TicketState.Missed, TicketAction.Void)] = TicketState.Voided,
        }.ToFrozenDictionary();

    /// <summary>Nothing can happen any more.</summary>
    public static bool IsOver(TicketState state) => state is TicketState.Done or TicketState.Left or TicketState.Voided;

    /// <summary>True when the action is allowed in the state.</summary>
    public static bool Allows(TicketState from, TicketAction action) => Table.ContainsKey((from, action));
}

/// <summary>Why a ticket is due when it is; the minutes stand in <see cref="HallRules"/>.</summary>
public enum TicketClass
{
    /// <summary>预约号, on time.</summary>
    [Chinese("预约")]
    Booked,

    /// <summary>老年人, 65 and older by the ID number.</summary>
    [Chinese("老年人")]
    Elderly,

    /// <summary>残疾人 and others who need care; the window looks at the proof.</summary>
    [Chinese("残疾人优先")]
    Disabled,

    /// <summary>急事, with a recorded reason.</summary>
    [Chinese("急事")]
    Urgent,

    /// <summary>现场取号.</summary>
    [Chinese("现场")]
    WalkIn,
}
