using GaoXin.Portal.Licences;

namespace GaoXin.Portal.Tests.Licences;

public sealed class LicenceIdentifierTests
{
    [Theory]
    [InlineData("1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U")]
    [InlineData("1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.S")]
    [InlineData("1.2.156.3005.2.11100000000013338W087.11370800MB28559184.37080001202411010001.001.3")]
    [InlineData("1.2.156.3005.2.11100000MB0143028R001.12410100000000123X.GX20231215000001.002.1")]
    public void Published_identifiers_are_right(string identifier) => LicenceIdentifier.IsRight(identifier).ShouldBeTrue();

    [Theory]
    [InlineData("1.2.156.3005.2.11100000000013338W050.91610800064834709T.2023000001.001.X")]
    [InlineData("1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001")]
    [InlineData("11100000000013338W011.11430000006122244L.20230000403.001.U")]
    [InlineData("")]
    public void Wrong_identifiers_are_found_out(string identifier) => LicenceIdentifier.IsRight(identifier).ShouldBeFalse();

    [Fact]
    public void The_version_is_part_of_the_identifier() =>
        LicenceIdentifier.Compose("11100000MB0143028R001", "12410100000000123X", "GX20231215000001", 1)
            .ShouldBe("1.2.156.3005.2.11100000MB0143028R001.12410100000000123X.GX20231215000001.001.3");

    [Theory]
    [InlineData("7k3m 9q2t abcd efgh", true)]
    [InlineData("７Ｋ３Ｍ-9Q2T-ABCD-EFGH", true)]
    [InlineData("7K3M9Q2TABCDEFG", false)]
    [InlineData("0K3M9Q2TABCDEFGH", false)]
    [InlineData(null, false)]
    public void Codes_are_read_as_people_type_them(string? typed, bool right) => VerifyCode.TryParse(typed, out _).ShouldBe(right);
}
