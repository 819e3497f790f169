using GaoXin.Portal.Registration;

namespace GaoXin.Portal.Tests.Registration;

public sealed class BusinessScopeTests
{
    private static IReadOnlyDictionary<string, ScopeItem> Catalogue => Reference.Files.Scope;

    [Fact]
    public void The_catalogue_holds_phrases_of_every_kind_with_known_industries()
    {
        Catalogue.Count.ShouldBeGreaterThanOrEqualTo(80);
        foreach (var kind in Enum.GetValues<ScopeItemKind>())
            Catalogue.Values.ShouldContain(i => i.Kind == kind);
        Catalogue.Values.ShouldAllBe(i => Reference.Files.Industries.Classes.ContainsKey(i.Industry));
    }

    [Fact]
    public void General_items_read_as_on_a_licence() =>
        BusinessScope.Of("YB1001,YB1005", Catalogue).LicenceText.ShouldBe(
            "一般项目：软件开发；信息技术咨询服务（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）");

    [Fact]
    public void Licensed_items_stand_first_with_their_own_sentence() =>
        BusinessScope.Of("YB1001,XK2002", Catalogue).LicenceText.ShouldBe(
            "许可项目：餐饮服务（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以相关部门批准文件或许可证件为准）"
            + "一般项目：软件开发（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）");

    [Fact]
    public void The_first_item_is_the_main_one_and_fixes_the_industry() =>
        BusinessScope.Of("XK2002,YB1001", Catalogue).IndustryCode.ShouldBe("H6210");

    [Fact]
    public void A_repeated_code_counts_once() => BusinessScope.Of("YB1001, YB1001，YB1001", Catalogue).Items.Count.ShouldBe(1);

    [Theory]
    [InlineData("", "至少选择一个")]
    [InlineData("YB1001,QQ0000", "不在规范目录")]
    [InlineData("YB1001,JZ9001", "禁止经营")]
    public void What_stands_in_the_way_is_said(string codes, string says) =>
        BusinessScope.Of(codes, Catalogue).Problems().ShouldHaveSingleItem().ShouldContain(says);

    [Fact]
    public void More_than_fifty_items_are_too_many() =>
        BusinessScope.Of(string.Join(',', Catalogue.Values.Where(i => i.Kind == ScopeItemKind.General).Take(51).Select(i => i.Code)), Catalogue)
            .Problems().ShouldHaveSingleItem().ShouldContain("最多选 50 个");
}
