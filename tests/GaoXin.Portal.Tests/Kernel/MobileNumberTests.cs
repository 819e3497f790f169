using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Kernel;

public sealed class MobileNumberTests
{
    [Theory]
    [InlineData("13800000000")]
    [InlineData("138 0000 0000")]
    [InlineData("138-0000-0000")]
    [InlineData("+86 138 0000 0000")]
    [InlineData("008613800000000")]
    [InlineData("8613800000000")]
    [InlineData("１３８００００００００")]
    public void What_people_type_is_normalised(string typed)
    {
        MobileNumber.TryParse(typed, out var number).ShouldBeTrue();
        number.Digits.ShouldBe("13800000000");
        $"{number}".ShouldBe("138****0000");
    }

    [Theory]
    [InlineData("12800000000")]
    [InlineData("1380000000")]
    [InlineData("138000000000")]
    [InlineData("1380000000a")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_not_a_mobile_number(string? typed) => MobileNumber.TryParse(typed, out _).ShouldBeFalse();
}
