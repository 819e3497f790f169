using GaoXin.Portal.Registration;

namespace GaoXin.Portal.Tests.Registration;

public sealed class CompanyNameTests
{
    private static readonly CompanyName Good = new("郑州", "槐叶云图", "智能科技", "有限公司");

    [Fact]
    public void The_region_stands_first_or_in_brackets_behind_the_trade_name()
    {
        Good.Full.ShouldBe("郑州槐叶云图智能科技有限公司");
        (Good with { Style = NameStyle.RegionInBrackets }).Full.ShouldBe("槐叶云图（郑州）智能科技有限公司");
    }

    [Theory]
    [InlineData("郑州槐叶云图智能科技有限公司", "郑州", "槐叶云图", "智能科技", "有限公司")]
    [InlineData("槐叶云图（郑州）智能科技有限公司", "郑州", "槐叶云图", "智能科技", "有限公司")]
    [InlineData("槐叶云图(郑州)智能科技有限公司", "郑州", "槐叶云图", "智能科技", "有限公司")]
    [InlineData("河南省槐叶商贸有限责任公司", "河南省", "槐叶", "商贸", "有限责任公司")]
    [InlineData("郑州高新区槐叶百货店", "郑州高新区", "槐叶", "百货", "店")]
    [InlineData("郑州市槐叶广告设计经营部", "郑州市", "槐叶广告设计", "", "经营部")]
    public void A_whole_name_is_cut_into_its_parts(string full, string region, string tradeName, string industry, string form)
    {
        var name = CompanyName.Parse(full, Reference.Words).ShouldNotBeNull();
        (name.Region, name.TradeName, name.Industry, name.Form).ShouldBe((region, tradeName, industry, form));
    }

    [Theory]
    [InlineData("槐叶云图智能科技")]
    [InlineData("郑州有限公司")]
    [InlineData("纽约槐叶科技有限公司")]
    [InlineData("")]
    public void A_text_without_known_region_or_form_has_no_parts(string full) =>
        CompanyName.Parse(full, Reference.Words).ShouldBeNull();

    [Fact]
    public void Parsing_what_was_composed_gives_the_same_name()
    {
        foreach (var style in Enum.GetValues<NameStyle>())
            CompanyName.Parse((Good with { Style = style }).Full, Reference.Words).ShouldBe(Good with { Style = style });
    }

    [Theory]
    [InlineData("郑州 槐叶（云图）", "郑州槐叶云图")]
    [InlineData("ＡＢ１２(x)", "AB12X")]
    [InlineData("槐\u200b叶", "槐叶")]
    public void Normalising_drops_spaces_and_brackets_and_widths(string typed, string expected) =>
        CompanyName.Normalise(typed).ShouldBe(expected);

    [Fact]
    public void Another_cut_between_trade_name_and_industry_has_the_same_core() =>
        (Good with { TradeName = "槐叶", Industry = "云图智能科技" }).Core.ShouldBe(Good.Core);

    [Fact]
    public void A_good_name_has_no_problem() => Problems(Good).ShouldBeEmpty();

    [Theory]
    [InlineData("槐", "两个汉字")]
    [InlineData("", "两个汉字")]
    [InlineData("ABC科技", "规范汉字")]
    [InlineData("槐叶1", "规范汉字")]
    [InlineData("槐 叶", "规范汉字")]
    [InlineData("槐叶😀", "规范汉字")]
    [InlineData("😀😀", "规范汉字")]
    [InlineData("北京", "行政区划")]
    [InlineData("郑州", "行政区划")]
    [InlineData("石佛", "行政区划")]
    [InlineData("科技", "行业用语")]
    [InlineData("餐饮", "行业用语")]
    public void A_trade_name_that_breaks_a_rule_is_explained(string tradeName, string says) =>
        Problems(Good with { TradeName = tradeName }).ShouldHaveSingleItem().ShouldContain(says);

    [Fact]
    public void Ten_thousand_characters_are_refused_in_a_short_sentence()
    {
        var message = Problems(Good with { TradeName = new string('槐', 10_000) }).ShouldHaveSingleItem();
        message.ShouldContain("最多");
        message.Length.ShouldBeLessThan(60);
    }

    [Theory]
    [InlineData("高新区", "开发区名称不能单独使用")]
    [InlineData("中原区", "前面要加上市名")]
    [InlineData("纽约", "请从列表里选择")]
    public void A_region_that_may_not_stand_alone_is_explained(string region, string says) =>
        Problems(Good with { Region = region }).ShouldHaveSingleItem().ShouldContain(says);

    [Theory]
    [InlineData("郑州高新区")]
    [InlineData("郑州市中原区")]
    public void A_zone_or_district_with_the_city_before_it_is_fine(string region) =>
        Problems(Good with { Region = region }).ShouldBeEmpty();

    [Theory]
    [InlineData(EntityKind.Company, "有限公司", true)]
    [InlineData(EntityKind.Company, "有限责任公司", true)]
    [InlineData(EntityKind.Company, "店", false)]
    [InlineData(EntityKind.Company, "股份有限公司", false)]
    [InlineData(EntityKind.IndividualBusiness, "店", true)]
    [InlineData(EntityKind.IndividualBusiness, "中心", true)]
    [InlineData(EntityKind.IndividualBusiness, "工作室", true)]
    [InlineData(EntityKind.IndividualBusiness, "有限公司", false)]
    public void The_form_has_to_match_the_kind(EntityKind kind, string form, bool accepted) =>
        CompanyNameRules.Check(Good with { Form = form }, kind, Reference.Words).Any(p => p.Part == NamePart.Form).ShouldBe(!accepted);

    private static List<string> Problems(CompanyName name) =>
        [.. CompanyNameRules.Check(name, EntityKind.Company, Reference.Words).Select(p => p.Message)];
}
