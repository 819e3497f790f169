using GaoXin.Portal.Complaints;

namespace GaoXin.Portal.Tests.Complaints;

public sealed class ReplyLintTests
{
    private static readonly string[] Units = ["城市管理局", "生态环境分局", "建设局"];

    [Theory]
    [InlineData("路灯坏了，什么时候能修好？", "您好，路灯的灯头已更换完毕，请您放心使用路口路灯。", "什么时候")]
    [InlineData("办这个要多少钱？", "您好，办理这件事要按公示的标准收费，请您留意公示。", "多少")]
    [InlineData("到底要不要那份证明？", "您好，窗口的同事已经接受了培训，11 月 24 日起统一口径。", "行不行")]
    [InlineData("这件事该找谁办？", "您好，这件事 11 月 24 日以后都能办理，带上身份证即可。", "找谁")]
    [InlineData("路灯坏了。", "您好，我们高度重视您反映的问题，将会认真研究并尽快处理，感谢您的理解。", "高度重视")]
    [InlineData("路灯坏了。", "好的。", "太短")]
    [InlineData("路灯坏了。", "您好，11 月 24 日已更换灯头，有事请打 13812345678 找张工。", "个人信息")]
    [InlineData("路灯坏了。", "您好，11 月 24 日已由生态环境分局更换灯头，请放心使用。", "生态环境分局")]
    public void A_poor_reply_is_found(string asked, string reply, string finding) => Findings(asked, reply).ShouldContain(f => f.Contains(finding));

    [Theory]
    [InlineData("路灯坏了，什么时候能修好？", "您好，11 月 24 日晚上已更换灯头，路口四盏灯全部亮起。")]
    [InlineData("到底要不要那份证明？", "您好，不需要那份证明。11 月 24 日已统一窗口口径，向您道歉。")]
    public void A_good_reply_passes(string asked, string reply) => Findings(asked, reply).ShouldBeEmpty();

    private static IReadOnlyList<string> Findings(string asked, string reply) =>
        ReplyLint.Findings(reply, new ReplyQuestion(asked, "城市管理局", [], Units, ComplaintParts.EmptyPhrases, "演示丁某"));
}
