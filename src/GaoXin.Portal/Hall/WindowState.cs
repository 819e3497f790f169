using System.Collections.Frozen;
using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Hall;

/// <summary>Where a window (窗口) stands.</summary>
public enum WindowState
{
    /// <summary>没开.</summary>
    [Chinese("没开")]
    Closed,

    /// <summary>空闲, ready to call.</summary>
    [Chinese("空闲")]
    Open,

    /// <summary>叫号中.</summary>
    [Chinese("正在叫号")]
    Calling,

    /// <summary>办理中.</summary>
    [Chinese("正在办理")]
    Serving,

    /// <summary>收尾: the person has gone, papers are left.</summary>
    [Chinese("收尾")]
    WrapUp,

    /// <summary>暂停, with a reason.</summary>
    [Chinese("暂停")]
    Paused,

    /// <summary>求助: somebody is in danger; resets itself after a while.</summary>
    [Chinese("求助")]
    Emergency,
}

/// <summary>What can happen to a window.</summary>
public enum WindowAction
{
    /// <summary>开窗.</summary>
    Open,

    /// <summary>叫号.</summary>
    Call,

    /// <summary>重呼.</summary>
    Recall,

    /// <summary>开始办理.</summary>
    Start,

    /// <summary>办完.</summary>
    Finish,

    /// <summary>The ticket went away: missed, parked, transferred or void.</summary>
    Release,

    /// <summary>暂停.</summary>
    Pause,

    /// <summary>恢复.</summary>
    Resume,

    /// <summary>关窗.</summary>
    Close,

    /// <summary>求助.</summary>
    RaiseAlarm,

    /// <summary>解除求助, by a person or by time.</summary>
    ResetAlarm,
}

/// <summary>The one state table of windows.</summary>
public static class WindowTransitions
{
    /// <summary>(from, action) → to.</summary>
    public static readonly FrozenDictionary<(WindowState From, WindowAction Action), WindowState> Table =
        new Dictionary<(WindowState, WindowAction), WindowState>
        {
            [(WindowState.Closed, WindowAction.Open)] = WindowState.Open,
            [(WindowState.Open, WindowAction.Call)] = WindowState.Calling,
            [(WindowState.Open, WindowAction.Pause)] = WindowState.Paused,
            [(WindowState.Open, WindowAction.Close)] = WindowState.Closed,
            [(WindowState.Open, WindowAction.RaiseAlarm)] = WindowState.Emergency,
            [(WindowState.Calling, WindowAction.Recall)] = WindowState.Calling,
            [(WindowState.Calling, WindowAction.Start)] = WindowState.Serving,
            [(WindowState.Calling, WindowAction.Release)] = WindowState.Open,
            [(WindowState.Calling, WindowAction.RaiseAlarm)] = WindowState.Emergency,
            [(WindowState.Serving, WindowAction.Finish)] = WindowState.WrapUp,
            [(WindowState.Serving, WindowAction.Release)] = WindowState.Open,
            [(WindowState.Serving, WindowAction.RaiseAlarm)] = WindowState.Emergency,
            [(WindowState.WrapUp, WindowAction.Resume)] = WindowState.Open,
            [(WindowState.WrapUp, WindowAction.Call)] = WindowState.Calling,
            [(WindowState.WrapUp, WindowAction.Pause)] = WindowState.Paused,
            [(WindowState.WrapUp, WindowAction.Close)] = WindowState.Closed,
            [(WindowState.WrapUp, WindowAction.RaiseAlarm)] = WindowState.Emergency,
            [(WindowState.Paused, WindowAction.Resume)] = WindowState.Open,
            [(WindowState.Paused, WindowAction.Close)] = WindowState.Closed,
            [(WindowState.Paused, WindowAction.RaiseAlarm)] = WindowState.Emergency,
            [(WindowState.Emergency, WindowAction.ResetAlarm)] = WindowState.Open,
        }.ToFrozenDictionary();

    /// <summary>True when the action is allowed in the state.</summary>
    public static bool Allows(WindowState from, WindowAction action) => Table.ContainsKey((from, action));
}
