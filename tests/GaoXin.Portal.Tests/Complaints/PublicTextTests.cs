using CsCheck;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Complaints;

public sealed class PublicTextTests
{
    private static readonly string[] Before = ["路灯坏了，", "请联系", "（", " ", "，我的号码", "、"];
    private static readonly string[] After = ["", "。", "找我", " 谢谢", "）"];

    [Theory]
    [InlineData("请打 138 1234 5678 联系", "138")]
    [InlineData("电话是13812345678，谢谢", "13812345678")]
    [InlineData("座机0371-60001234打不通", "60001234")]
    [InlineData("身份证410102198503120119被登记错", "410102198503120119")]
    [InlineData("车牌豫A12345乱停", "豫A12345")]
    [InlineData("我住3号楼2单元1204室", "1204")]
    [InlineData("我叫李小明，住在附近", "李小明")]
    [InlineData("邮箱是 li.x@example.com", "example.com")]
    public void What_tells_who_is_gone(string text, string secret) => PublicText.Of(text).ShouldNotContain(secret);

    [Theory]
    [InlineData("11月20日下午到3区12号窗口办过户，说缺一份证明，但指南上没有这一项。")]
    [InlineData("科学大道和瑞达路口的路灯坏了三天，晚上看不见。")]
    [InlineData("办理用了 5 个工作日，收费 2500 元。")]
    public void An_ordinary_story_stays_as_it_is(string text) => PublicText.Of(text).ShouldBe(text);

    /// <summary>Wherever numbers and the author's name stand in a text, they do not come through.</summary>
    [Fact]
    public void No_number_and_no_name_comes_through_wherever_it_stands() =>
        Gen.Select(Gen.Int[0, 99_999_999], Gen.Int[3, 9], Gen.Int[0, 3], Gen.Int[0, Before.Length - 1], Gen.Int[0, After.Length - 1])
            .Sample((number, second, form, before, after) =>
            {
                var digits = $"1{second}{number % 10}{number:00000000}";
                var written = form switch { 0 => digits, 1 => $"{digits[..3]} {digits[3..7]} {digits[7..]}", 2 => $"{digits[..3]}-{digits[3..7]}-{digits[7..]}", _ => $"+86{digits}" };
                var text = PublicText.Of($"{Before[before]}{written}{After[after]}我是欧阳演示", "欧阳演示");
                text.ShouldNotContain(written);
                text.ShouldNotContain("欧阳演示");
                PersonalNumbers.AreIn(text).ShouldBeFalse(text);
                PublicText.Of(text, "欧阳演示").ShouldBe(text);
            }, iter: 3000);
}
