using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Kernel;

public sealed class ChineseAmountTests
{
    [Theory]
    [InlineData("0", "零圆整")]
    [InlineData("1", "壹圆整")]
    [InlineData("10", "壹拾圆整")]
    [InlineData("105", "壹佰零伍圆整")]
    [InlineData("1005", "壹仟零伍圆整")]
    [InlineData("1050", "壹仟零伍拾圆整")]
    [InlineData("10000", "壹万圆整")]
    [InlineData("100500", "壹拾万零伍佰圆整")]
    [InlineData("1000000", "壹佰万圆整")]
    [InlineData("1000000.00", "壹佰万圆整")]
    [InlineData("12345678", "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌圆整")]
    [InlineData("100000000", "壹亿圆整")]
    [InlineData("100000001", "壹亿零壹圆整")]
    [InlineData("150000000", "壹亿伍仟万圆整")]
    [InlineData("105000000", "壹亿零伍佰万圆整")]
    [InlineData("1000000000000", "壹万亿圆整")]
    [InlineData("1000000000001", "壹万亿零壹圆整")]
    [InlineData("0.5", "伍角整")]
    [InlineData("0.05", "伍分")]
    [InlineData("1.05", "壹圆零伍分")]
    [InlineData("1.50", "壹圆伍角整")]
    [InlineData("1409.56", "壹仟肆佰零玖圆伍角陆分")]
    [InlineData("6007.14", "陆仟零柒圆壹角肆分")]
    public void Amounts_are_written_in_capitals(string yuan, string text) =>
        ChineseAmount.Format(decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(text);

    [Theory]
    [InlineData("-0.01")]
    [InlineData("0.001")]
    [InlineData("10000000000000000")]
    public void Amounts_nobody_can_pay_are_refused(string yuan) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ChineseAmount.Format(decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture)));
}
