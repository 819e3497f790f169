using GaoXin.Portal.Registration;

namespace GaoXin.Portal.Tests.Registration;

public sealed class NameWordsTests
{
    [Theory]
    [InlineData("美国梦", "科技", true)]
    [InlineData("共产党", "科技", true)]
    [InlineData("槐叶", "博彩科技", true)]
    [InlineData("奥林匹克", "体育", true)]
    [InlineData("中国槐叶", "科技", false)]
    [InlineData("槐叶", "投资管理", false)]
    [InlineData("槐叶国际", "贸易", false)]
    [InlineData("第一槐叶", "科技", false)]
    public void Forbidden_words_block_and_restricted_words_go_to_an_officer(string tradeName, string industry, bool forbidden)
    {
        var hits = Find(tradeName, industry);
        hits.ShouldNotBeEmpty();
        hits.ShouldAllBe(h => h.Forbidden == forbidden && h.Reason.Length > 0);
    }

    [Fact]
    public void An_ordinary_name_has_no_hit() => Find("槐叶云图", "智能科技").ShouldBeEmpty();

    [Fact]
    public void A_forbidden_word_across_the_border_of_two_parts_goes_to_an_officer() =>
        Find("槐日", "本草生物").ShouldHaveSingleItem().ShouldBe(new NameWordHit("日本", "含有外国国家（地区）或者国际组织的名称", false));

    private static IReadOnlyList<NameWordHit> Find(string tradeName, string industry) =>
        NameWords.Find(new CompanyName("郑州", tradeName, industry, "有限公司"), Reference.Words);
}
