using GaoXin.Portal.Persistence;

namespace GaoXin.Portal.Tests.Architecture;

public sealed class ChinesePunctuationTests
{
    private static readonly string Root = RepositoryFolder.Find()!;

    [Fact]
    public void Pages_have_full_width_punctuation() => Faults(["src"], [".cshtml"]).ShouldBeEmpty();

    [Fact]
    public void Seeds_have_full_width_punctuation() => Faults(["seeds"], [".yaml", ".yml", ".csv", ".txt", ".liquid"]).ShouldBeEmpty();

    [Fact]
    public void Messages_in_code_have_full_width_punctuation() => Faults(["src"], [".cs"], ChinesePunctuation.StringsOnly).ShouldBeEmpty();

    [Fact]
    public void Guides_have_full_width_punctuation() => Faults([Path.Combine("docs", "guides")], [".md"]).ShouldBeEmpty();

    [Theory]
    [InlineData("请填写手机号,再试一次")]
    [InlineData("提交了吗?")]
    [InlineData("材料齐了!现在提交")]
    [InlineData("注意:请带原件")]
    [InlineData("共 3 项,其中 1 项")]
    [InlineData("原件(含复印件)")]
    public void A_fault_is_found(string text) => ChinesePunctuation.Find(text).ShouldNotBeEmpty();

    [Theory]
    [InlineData("请填写手机号，再试一次。")]
    [InlineData("名称: 企业设立")]
    [InlineData("var names = Names(公司, 1);  // a call")]
    [InlineData("1,000 元")]
    public void What_is_right_is_left_alone(string text)
    {
        if (!text.StartsWith("var", StringComparison.Ordinal))
            ChinesePunctuation.Find(text).ShouldBeEmpty();
        ChinesePunctuation.Find(ChinesePunctuation.StringsOnly(text)).ShouldBeEmpty();
    }

    [Fact]
    public void Only_strings_of_code_are_read()
    {
        const string code = "var a = \"好,的\"; // 注释,不看\nvar b = 'x';";
        ChinesePunctuation.Find(ChinesePunctuation.StringsOnly(code)).Count().ShouldBe(1);
        ChinesePunctuation.Find(ChinesePunctuation.StringsOnly("\n\nvar a = \"\"\"\n好,的\n\"\"\";")).ShouldBe(["4: 好,的"]);
    }

    private static IEnumerable<string> Faults(string[] places, string[] endings, Func<string, string>? select = null) => places
        .Select(p => Path.Combine(Root, p))
        .SelectMany(p => Directory.Exists(p) ? Directory.EnumerateFiles(p, "*", SearchOption.AllDirectories) : File.Exists(p) ? [p] : [])
        .Where(f => endings.Contains(Path.GetExtension(f)) && !Path.GetRelativePath(Root, f).Split(Path.DirectorySeparatorChar).Any(s => s is "bin" or "obj" or "node_modules" or "Migrations"))
        .SelectMany(f => ChinesePunctuation.Find((select ?? (t => t))(File.ReadAllText(f))).Select(fault => $"{Path.GetRelativePath(Root, f)}:{fault}"));
}
