using GaoXin.Portal.Hall;
using GaoXin.Portal.Hall.Forecasts;

namespace GaoXin.Portal.Web.Pages.Hall;

/// <summary>Waiting times as people say them.</summary>
public static class WaitWords
{
    private const int Step = 5;

    /// <summary>约 15–25 分钟; 不用等; 窗口还没开.</summary>
    public static string Of(WaitRange? wait)
    {
        if (wait is null)
            return "窗口还没开";
        if (wait.High < 1)
            return "不用等";
        var (low, high) = (Step * (int)Math.Floor(wait.Low / Step), Step * (int)Math.Ceiling(wait.High / Step));
        return low == 0 ? $"{high} 分钟以内" : $"约 {low}–{Math.Max(high, low + Step)} 分钟";
    }

    /// <summary>The label of a class on a ticket; null for an ordinary one.</summary>
    public static string? Of(TicketClass @class) => @class == TicketClass.WalkIn ? null : GaoXin.Portal.Catalogue.ChineseWords.Chinese(@class);
}
