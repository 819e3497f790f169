using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Web.Pages.Services;

/// <summary>How long a service takes, in the words of guides and forms.</summary>
public static class TimeWords
{
    /// <summary>承诺时限; the officer's too where it is longer than that of the rules.</summary>
    public static string Promise(ServiceClock clock) =>
        clock.OfficerDays > clock.PromisedDays ? $"{Days(clock.PromisedDays)}，要人工审的 {Days(clock.OfficerDays)}" : Days(clock.PromisedDays);

    private static string Days(int days) => days == 0 ? "当天" : $"{days} 个工作日";
}
