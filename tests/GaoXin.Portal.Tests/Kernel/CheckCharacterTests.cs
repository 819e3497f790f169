using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Kernel;

public sealed class CheckCharacterTests
{
    [Theory]
    [InlineData("11100000000013338W011.11430000006122244L.20230000403.001.U")]
    [InlineData("11100000000013338W011.11430000006122244L.20230000403.002.S")]
    [InlineData("11100000000013338W087.11370800MB28559184.37080001202411010001.001.3")]
    [InlineData("11100000000013338W009.11330105002500287C.2025052201.002.0")]
    [InlineData("11100000000013127D001.12410100000000123X.0123456.001.0")]
    [InlineData("11100000MB0143028R001.12410100000000123X.GX20231215000001.001.3")]
    [InlineData("11100000MB0143028R001.12410100000000123X.GX20231215000001.002.1")]
    public void A_licence_identifier_carries_the_right_check_character(string identifier)
    {
        CheckCharacter.Of(identifier[..^1]).ShouldBe(identifier[^1]);
        CheckCharacter.IsRight(identifier).ShouldBeTrue();
    }

    [Fact]
    public void A_wrong_sample_is_found()
    {
        const string sample = "11100000000013338W050.91610800064834709T.2023000001.001.";
        CheckCharacter.IsRight(sample + "X").ShouldBeFalse();
        CheckCharacter.IsRight(sample + "2").ShouldBeTrue();
    }

    [Fact]
    public void Every_single_wrong_character_is_found()
    {
        const string number = "GX20261123000042";
        var check = CheckCharacter.Of(number);
        for (var i = 0; i < number.Length; i++)
            foreach (var other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".Where(c => c != number[i]))
                CheckCharacter.IsRight(number[..i] + other + number[(i + 1)..] + check).ShouldBeFalse();
    }
}
