using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Kernel;

public sealed class PropertyUnitNumberTests
{
    [Theory]
    [InlineData("370105012002GB00001F00010751")]
    [InlineData("320505400202GB00001F00010069")]
    [InlineData("440106001001GB00001F00010001")]
    [InlineData("410172001001JC00012W00000000")]
    [InlineData("410172 001001 gb00001 f00010001")]
    [InlineData("４１０１７２001001GB00001F00010001")]
    public void A_number_as_printed_or_typed_is_read(string typed)
    {
        PropertyUnitNumber.TryParse(typed, out var unit).ShouldBeTrue();
        unit.Number.Length.ShouldBe(28);
        unit.Display.Split(' ').Select(p => p.Length).ShouldBe([6, 6, 7, 9]);
        $"{unit}".ShouldEndWith("********");
    }

    [Theory]
    [InlineData("410172001001GB00001W00010001", "W")]
    [InlineData("410172001001GB00001F0001000", "27 位")]
    [InlineData("410172001001GB00001F000100011", "29 位")]
    [InlineData("410172001001XB00001F00010001", "28")]
    [InlineData("410172001001GB00001A00010001", "不对")]
    [InlineData("410172001001GB00000F00010001", "不对")]
    [InlineData("41017200100IGB00001F00010001", "不对")]
    [InlineData("", "请填写")]
    [InlineData(null, "请填写")]
    public void A_wrong_number_is_refused_with_what_to_look_at(string? typed, string hint)
    {
        PropertyUnitNumber.TryParse(typed, out _).ShouldBeFalse();
        if (hint != "28")
            PropertyUnitNumber.Explain(typed).ShouldContain(hint);
    }
}
