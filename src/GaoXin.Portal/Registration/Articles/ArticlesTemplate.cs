namespace GaoXin.Portal.Registration;

/// <summary>
/// The wording of the articles (章程范本), a file of <c>seeds/templates/documents</c>. Conditions are flags and articles are
/// numbered when rendered, so that leaving one out leaves no gap.
/// </summary>
internal sealed class ArticlesTemplate
{
    public string Title { get; set; } = "";

    public string Note { get; set; } = "";

    public List<ArticlesChapter> Chapters { get; set; } = [];
}

internal sealed class ArticlesChapter
{
    public string Title { get; set; } = "";

    public List<ArticleTemplate> Articles { get; set; } = [];
}

internal sealed class ArticleTemplate
{
    /// <summary>The flag under which it stands; empty means always.</summary>
    public string When { get; set; } = "";

    /// <summary>True when the table of contributions follows.</summary>
    public bool Contributions { get; set; }

    public List<string> Paragraphs { get; set; } = [];
}

/// <summary>What the wording may use.</summary>
internal static class ArticlesWords
{
    public const string CompanyName = "companyName";
    public const string Domicile = "domicile";
    public const string Scope = "scope";
    public const string Capital = "capital";
    public const string CapitalInWords = "capitalInWords";
    public const string ShareholderCount = "shareholderCount";
    public const string Shareholder = "shareholder";
    public const string Term = "term";
    public const string RepresentativePost = "representativePost";
    public const string Representative = "representative";
    public const string Director = "director";
    public const string Manager = "manager";
    public const string Supervisor = "supervisor";

    public const string Sole = "sole";
    public const string Several = "several";
    public const string WithSupervisor = "supervised";
    public const string WithoutSupervisor = "unsupervised";

    public static readonly string[] Tokens =
    [
        CompanyName, Domicile, Scope, Capital, CapitalInWords, ShareholderCount, Shareholder, Term, RepresentativePost, Representative, Director, Manager, Supervisor,
    ];

    public static readonly string[] Flags = [Sole, Several, WithSupervisor, WithoutSupervisor];
}
