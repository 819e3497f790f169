using GaoXin.Portal.Licences;

namespace GaoXin.Portal.Web.Pages.Licences;

/// <summary>How an answer of a verification looks and what it says first: never by colour alone.</summary>
internal sealed record CheckWording(string Look, string Icon, string Heading, string Advice)
{
    /// <summary>The wording of an answer.</summary>
    public static CheckWording Of(LicenceCheck check) => check.Outcome switch
    {
        LicenceOutcome.Valid => new("", "check", "有效：这张证照是真的", "数字签名完好，内容没有被改过。"),
        LicenceOutcome.Revoked => new("gx-verify--bad", "ban", "已撤销：这张证照不能再用",
            $"发证机关在{Day(check.Licence!.RevokedOn)}撤销了它。请不要凭它办事。"),
        LicenceOutcome.Cancelled => new("gx-verify--bad", "ban", "已注销：这张证照不能再用",
            $"持证主体在{Day(check.Licence!.CancelledOn)}办了注销。请不要凭它办事。"),
        LicenceOutcome.Superseded => new("gx-verify--old", "history", "已换新版：这一张是旧的",
            $"{Day(check.Licence!.SupersededOn)}发了新版。请向对方要最新的一张。"),
        LicenceOutcome.Expired => new("gx-verify--old", "hourglass", "已过期：有效期过了",
            $"有效期到{Day(check.Licence!.ValidTo)}。请向对方要新的一张。"),
        LicenceOutcome.Altered => new("gx-verify--bad", "alert-triangle", "被改过：请不要相信它",
            "内容和发证时不一样。请向对方要下载时的原文件，再核验一次。"),
        _ => new("gx-verify--none", "help-circle", "查不到：我们没有发过这张证照",
            "请对照证照再看一遍核验码：16 位，没有 0、1、I 和 O。上传的文件要是下载时的原文件。"),
    };

    private static string Day(DateOnly? day) => day is { } d ? $" {d.Year} 年 {d.Month} 月 {d.Day} 日" : "";
}
