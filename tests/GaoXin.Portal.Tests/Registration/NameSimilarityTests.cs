using GaoXin.Portal.Registration;

namespace GaoXin.Portal.Tests.Registration;

public sealed class NameSimilarityTests
{
    [Theory]
    [InlineData("郑州|星河云图|网络科技|有限公司", "郑州|星河云图|网络科技|有限公司", "Same", "完全相同")]
    [InlineData("河南|星河云图|网络科技|有限公司", "郑州|星河云图|网络科技|有限公司", "Same", "字号和行业")]
    [InlineData("郑州|星河云图|网络科技|有限责任公司", "郑州|星河云图|网络科技|有限公司", "Same", "字号和行业")]
    [InlineData("郑州|星河|云图网络科技|有限公司", "郑州|星河云图|网络科技|有限公司", "Same", "完全相同")]
    [InlineData("郑州|网络科技|星河云图|有限公司", "郑州|星河云图|网络科技|有限公司", "Same", "顺序")]
    [InlineData("郑州|红光|地产|有限公司", "郑州|红光|房地产|有限公司", "Similar", "意思相近")]
    [InlineData("郑州|红光|置业|有限公司", "郑州|红光|房地产|有限公司", "Similar", "意思相近")]
    [InlineData("郑州|鑫盛|商贸|有限公司", "郑州|新胜|商贸|有限公司", "Similar", "读音相同")]
    [InlineData("郑州|兴和|贸易|有限公司", "郑州|星河|商贸|有限公司", "Similar", "读音相同")]
    [InlineData("郑州|星河|网络科技|有限公司", "郑州|星河云图|网络科技|有限公司", "Similar", "包含")]
    [InlineData("郑州|大星河云图|网络科技|有限公司", "郑州|星河云图|网络科技|有限公司", "Similar", "包含")]
    [InlineData("郑州|星河云海|网络科技|有限公司", "郑州|星河云图|网络科技|有限公司", "Similar", "部分文字")]
    [InlineData("郑州|星河云图|餐饮|有限公司", "郑州|星河云图|网络科技|有限公司", "None", "")]
    [InlineData("郑州|槐叶|网络科技|有限公司", "郑州|星河云图|网络科技|有限公司", "None", "")]
    [InlineData("郑州|星辰大海|网络科技|有限公司", "郑州|星河云图|网络科技|有限公司", "None", "")]
    public void Two_names_compare_as_the_rules_say(string candidate, string existing, string likeness, string reason)
    {
        var result = NameSimilarity.Compare(Key(candidate), Key(existing), Reference.Words);
        result.Likeness.ToString().ShouldBe(likeness);
        result.Reason.ShouldContain(reason);
    }

    [Fact]
    public void The_place_of_the_region_makes_no_other_name()
    {
        var first = new CompanyName("郑州", "星河云图", "网络科技", "有限公司");
        var brackets = first with { Style = NameStyle.RegionInBrackets };
        NameSimilarity.Compare(NameKey.Of(brackets), NameKey.Of(first), Reference.Words).Likeness.ShouldBe(NameLikeness.Same);
    }

    [Fact]
    public void Names_that_can_be_similar_share_a_pair_of_characters_or_the_sound()
    {
        NameKey.Of(new("郑州", "星河云图", "网络科技", "有限公司")).Bigrams.ShouldBe(["星河", "河云", "云图"]);
        Reference.Words.Sound("鑫盛").ShouldBe(Reference.Words.Sound("新胜"));
        Reference.Words.Sound("槐叶").ShouldNotBe(Reference.Words.Sound("星河"));
    }

    private static NameKey Key(string text)
    {
        var parts = text.Split('|');
        return NameKey.Of(new CompanyName(parts[0], parts[1], parts[2], parts[3]));
    }
}
