using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Kernel;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("李明", "李*")]
    [InlineData("张三丰", "张**")]
    [InlineData("欧阳修", "欧阳*")]
    [InlineData("欧阳娜娜", "欧阳**")]
    [InlineData("李", "李*")]
    [InlineData("𠮷田", "𠮷*")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_name_keeps_its_surname(string? name, string masked) => Masking.Name(name).ShouldBe(masked);

    [Theory]
    [InlineData("410102199003070027", "4101**********0027")]
    [InlineData("4101", "****")]
    public void An_ID_number_keeps_four_at_each_end(string number, string masked) => Masking.IdNumber(number).ShouldBe(masked);
}
