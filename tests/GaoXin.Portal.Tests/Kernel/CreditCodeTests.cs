using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Kernel;

public sealed class CreditCodeTests
{
    [Theory]
    [InlineData("91110000802100433B")]
    [InlineData("9144030071526726XG")]
    [InlineData("91330100799655058B")]
    [InlineData("914403001922038216")]
    [InlineData("91110108551385082Q")]
    [InlineData("91370200163562681G")]
    [InlineData("91410100MA0000015B")]
    [InlineData("91410172MA0000023F")]
    [InlineData("92410100MA00000A9X")]
    [InlineData("93410100MA0000031T")]
    [InlineData("91410100MA000020X0")]
    [InlineData("91410100MA0000330Y")]
    [InlineData("91410100MA0000162W")]
    [InlineData("91410100MA000004XQ")]
    [InlineData("91410100MA00000904")]
    [InlineData("12410100000000123X")]
    public void A_right_code_is_read_with_both_checks(string code)
    {
        CreditCode.TryParse(code, out var read).ShouldBeTrue();
        read.Code.ShouldBe(code);
        read.SubjectCheckIsRight.ShouldBeTrue();
        CreditCode.Compose(code[..2], code[2..8], code[8..16]).ShouldBe(read);
    }

    [Theory]
    [InlineData("91350211M000100Y43")]
    [InlineData("91410100MA0000015C")]
    [InlineData("91410100MA000001I5")]
    [InlineData("91410100MA0000015")]
    [InlineData("91410100MA0000015B0")]
    [InlineData("")]
    [InlineData(null)]
    public void A_wrong_code_is_not_read(string? code) => CreditCode.TryParse(code, out _).ShouldBeFalse();

    [Fact]
    public void The_often_copied_wrong_code_passes_with_its_right_check() =>
        CreditCode.TryParse("91350211M000100Y46", out _).ShouldBeTrue();

    [Theory]
    [InlineData("91410100ma0000015b")]
    [InlineData("９１４１０１００ＭＡ０００００１５Ｂ")]
    [InlineData(" 91410100 MA0000015B ")]
    public void Lower_case_full_width_and_spaces_are_normalised(string typed)
    {
        CreditCode.TryParse(typed, out var code).ShouldBeTrue();
        code.Code.ShouldBe("91410100MA0000015B");
    }
}
