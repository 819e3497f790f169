using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Registration;

namespace GaoXin.Portal.Tests.Registration;

public sealed class CompanyArticlesTests
{
    [Fact]
    public void Articles_of_two_shareholders_hold_what_the_law_wants()
    {
        var document = Of(Filing.Company("蓝鲸"));
        var text = Text(document);
        document.Title.ShouldBe("郑州蓝鲸智能科技有限公司章程");
        foreach (var wanted in (string[])["郑州高新区演示大道 1 号云创园 2 号楼 1204 室", "人民币 100 万元（壹佰万圆整）", "由 二 个股东", "首任董事是 演示甲", "首任监事是 演示乙", "三分之二以上表决权"])
            text.ShouldContain(wanted);
        text.ShouldNotContain("只有一个股东");
        document.Parts.OfType<DocumentNote>().Single().Text.ShouldStartWith("范本（演示）");
        document.Parts.OfType<DocumentSignatures>().Single().Role.ShouldBe("股东");
    }

    [Fact]
    public void The_table_names_each_shareholder_with_amount_form_share_and_day()
    {
        var rows = Of(Filing.Company()).Parts.OfType<DocumentTable>().Single().Rows;
        rows.Select(r => r[0]).ShouldBe(["演示甲", "演示乙"]);
        rows.Select(r => r[2]).ShouldBe(["60", "40"]);
        rows.Select(r => r[4]).ShouldBe(["60%", "40%"]);
        rows[0][5].ShouldBe($"{Filing.Today.AddYears(5):yyyy年M月d日}");
    }

    [Fact]
    public void A_sole_shareholder_decides_alone_and_may_do_without_a_supervisor()
    {
        var answers = Filing.Company().WithRows("shareholders", [Filing.Person("r1", "演示甲", Filing.IdOfFirst, "100")])
            .With("company.noSupervisor", "yes").With("supervisor.from", null);
        var text = Text(Of(answers));
        text.ShouldContain("公司只有一个股东，不设股东会");
        text.ShouldContain("公司财产独立于股东自己的财产");
        text.ShouldContain("一致同意，不设监事会，也不设监事");
        text.ShouldNotContain("召开股东会会议");
        text.ShouldNotContain("首任监事");
    }

    [Fact]
    public void Articles_are_numbered_without_a_gap_in_every_variant()
    {
        var numbers = Of(Filing.Company()).Parts.OfType<DocumentArticle>().Select(a => a.Number).ToList();
        numbers.ShouldBe(Enumerable.Range(1, numbers.Count).Select(i => $"第{ChineseNumber.Of(i)}条"));
        numbers.Count.ShouldBeGreaterThanOrEqualTo(25);
    }

    [Fact]
    public void The_same_answers_give_the_same_text() => Text(Of(Filing.Company("玄鸟"))).ShouldBe(Text(Of(Filing.Company("玄鸟"))));

    [Fact]
    public void An_unfinished_form_shows_what_is_missing_instead_of_failing() => Text(Of(Answers.Empty)).ShouldContain("（还没填）");

    [Theory]
    [InlineData(1, "一")]
    [InlineData(10, "十")]
    [InlineData(11, "十一")]
    [InlineData(20, "二十")]
    [InlineData(35, "三十五")]
    public void Numbers_are_written_as_articles_are_counted(int number, string text) => ChineseNumber.Of(number).ShouldBe(text);

    private static GeneratedDocument Of(Answers answers) =>
        new CompanyArticles(Reference.Files).Of(CompanySetup.Bind(answers, Filing.Today), Filing.Case(answers));

    private static string Text(GeneratedDocument document) => string.Join('\n', document.Parts.SelectMany(p => p switch
    {
        DocumentHeading heading => [heading.Text],
        DocumentArticle article => article.Paragraphs.Prepend(article.Number),
        DocumentTable table => table.Rows.SelectMany(r => r),
        _ => (IEnumerable<string>)[],
    }));
}
