using GaoXin.Portal.Property;

namespace GaoXin.Portal.Tests.Property;

public sealed class SharesTests
{
    [Theory]
    [InlineData(true, "1/3", "1/3", "1/3")]
    [InlineData(true, "50%", "1/2")]
    [InlineData(true, " １／４", "3/4")]
    [InlineData(true, "1")]
    [InlineData(false, "1/3", "1/3")]
    [InlineData(false, "1/2", "2/3")]
    [InlineData(false, "33%", "33%", "33%")]
    public void Fractions_make_a_whole_exactly(bool whole, params string[] shares) => Shares.AreWhole(shares.Select(s => Shares.Parse(s)!.Value)).ShouldBe(whole);

    [Theory]
    [InlineData("0")]
    [InlineData("0/2")]
    [InlineData("1/0")]
    [InlineData("3/2")]
    [InlineData("-1/2")]
    [InlineData("1/2/3")]
    [InlineData("一半")]
    [InlineData("120%")]
    [InlineData("1/99999999999999")]
    [InlineData("")]
    public void What_is_no_share_is_not_read(string typed) => Shares.Parse(typed).ShouldBeNull();
}
