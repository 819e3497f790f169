using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Registration;

/// <summary>公司章程 from the answers and the model wording (公司法 46), with a variant for a sole shareholder.</summary>
internal sealed class CompanyArticles(ReferenceFiles files)
{
    public const string Code = "articles";
    private const string TemplateFile = "company-articles.yaml";
    private const string Missing = "（还没填）";
    private const string ShareholderRole = "股东";
    private const int YuanPerUnit = 10_000;
    private const int CentDecimals = 2;
    private static readonly string[] Columns = ["股东", "证件号码", "认缴出资额（万元）", "出资方式", "出资比例", "缴足日期"];

    private readonly ArticlesTemplate _template = files.ReadTemplate<ArticlesTemplate>(TemplateFile);

    public GeneratedDocument Of(CompanySetup setup, CaseContext context)
    {
        var values = Values(setup, context);
        var flags = Flags(setup);
        var parts = new List<DocumentPart> { new DocumentNote(Fill(_template.Note, values)) };
        var (chapter, article) = (0, 0);
        foreach (var part in _template.Chapters)
        {
            parts.Add(new DocumentHeading($"第{ChineseNumber.Of(++chapter)}章　{Fill(part.Title, values)}"));
            foreach (var text in part.Articles.Where(a => a.When.Length == 0 || flags.Contains(a.When)))
            {
                parts.Add(new DocumentArticle($"第{ChineseNumber.Of(++article)}条", [.. text.Paragraphs.Select(p => Fill(p, values))]));
                if (text.Contributions)
                    parts.Add(Contributions(setup, context.Service));
            }
        }

        parts.Add(new DocumentSignatures(ShareholderRole, []));
        return new GeneratedDocument(Code, Fill(_template.Title, values), parts);
    }

    private static HashSet<string> Flags(CompanySetup setup) =>
    [
        setup.Shareholders.Count == 1 ? ArticlesWords.Sole : ArticlesWords.Several,
        setup.NoSupervisor ? ArticlesWords.WithoutSupervisor : ArticlesWords.WithSupervisor,
    ];

    private Dictionary<string, string> Values(CompanySetup setup, CaseContext context) => new()
    {
        [ArticlesWords.CompanyName] = setup.Name.TradeName.Length == 0 ? Missing : setup.Name.Full,
        [ArticlesWords.Domicile] = OrMissing(setup.Premises.Full),
        [ArticlesWords.Scope] = OrMissing(BusinessScope.Of(setup.ScopeCodes, files.Scope).LicenceText),
        [ArticlesWords.Capital] = setup.CapitalAmount > 0 ? RegisteredCapital.Show(setup.CapitalAmount) : Missing,
        [ArticlesWords.CapitalInWords] = InWords(setup.CapitalAmount * YuanPerUnit),
        [ArticlesWords.ShareholderCount] = ChineseNumber.Of(Math.Max(1, setup.Shareholders.Count)),
        [ArticlesWords.Shareholder] = OrMissing(setup.Shareholders.FirstOrDefault()?.Name),
        [ArticlesWords.Term] = context.Answers["company.term"] == "years" ? $"{context.Answers["company.termYears"] ?? Missing}年" : "长期",
        [ArticlesWords.RepresentativePost] = context.Answers["legalRep.position"] == "manager" ? "经理" : "董事",
        [ArticlesWords.Representative] = NameOf(setup, Post.LegalRepresentative),
        [ArticlesWords.Director] = NameOf(setup, Post.Director),
        [ArticlesWords.Manager] = NameOf(setup, Post.Manager),
        [ArticlesWords.Supervisor] = NameOf(setup, Post.Supervisor),
    };

    private static DocumentTable Contributions(CompanySetup setup, ServiceDefinition service)
    {
        var ratios = Shareholdings.Ratios([.. setup.Shareholders.Select(s => s.Amount)]);
        var forms = service.Pages.SelectMany(p => p.Fields).SelectMany(f => f.Columns).FirstOrDefault(c => c.Key == "shareholder.form")?.Element.Choices ?? [];
        return new DocumentTable("股东出资", Columns, [.. setup.Shareholders.Select((s, i) => (IReadOnlyList<string>)
        [
            OrMissing(s.Name), OrMissing(s.IsNaturalPerson ? s.IdNumber : s.CreditCode), s.Amount > 0 ? RegisteredCapital.Show(s.Amount) : Missing,
            OrMissing(forms.FirstOrDefault(c => c.Value == s.Form)?.Label ?? s.Form), $"{RegisteredCapital.Show(ratios[i])}%",
            s.DueDate is { } due ? $"{due:yyyy年M月d日}" : Missing,
        ])]);
    }

    private static string InWords(decimal yuan) => yuan > 0 && decimal.Round(yuan, CentDecimals) == yuan ? ChineseAmount.Format(yuan) : Missing;

    private static string NameOf(CompanySetup setup, Post post) => OrMissing(string.Join("、", setup.Officers.Where(o => o.Post == post).Select(o => o.Name)));

    private static string OrMissing(string? value) => string.IsNullOrWhiteSpace(value) ? Missing : value;

    private static string Fill(string text, Dictionary<string, string> values) => TokenText.Fill(text, values, "The articles");
}

/// <summary>Small numbers in Chinese, as articles are counted: 一, 十, 二十一.</summary>
internal static class ChineseNumber
{
    private const string Digits = "零一二三四五六七八九";

    public static string Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 99);
        var (tens, ones) = (number / 10, number % 10);
        var head = tens switch { 0 => "", 1 => "十", _ => $"{Digits[tens]}十" };
        return ones == 0 ? head : head + Digits[ones];
    }
}
