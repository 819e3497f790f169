using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Registration;

/// <summary><c>templates/documents/*.yaml</c>: nothing is stored, but tokens and conditions are checked with the other definitions.</summary>
internal sealed class DocumentTemplateSeeds : ISeedKind
{
    public string Name => "document-templates";

    public string Pattern => "templates/documents/*.yaml";

    public void Check(SeedSet seeds, SeedFaults faults)
    {
        foreach (var root in seeds.Of(Name).Select(f => f.Root))
        {
            CheckText(root["title"], faults);
            CheckText(root["note"], faults);
            foreach (var chapter in root.ListOf("chapters"))
            {
                CheckText(chapter["title"], faults);
                foreach (var article in chapter.ListOf("articles"))
                    CheckArticle(article, faults);
            }
        }
    }

    public Task<int> Store(SeedSet seeds, Persistence.PortalDbContext db, SeedFaults faults, CancellationToken ct) => Task.FromResult(0);

    private static void CheckArticle(SeedNode article, SeedFaults faults)
    {
        if (article.TextOf("when") is { } flag && !ArticlesWords.Flags.Contains(flag))
            faults.Add(article["when"]!, $"Unknown condition \"{flag}\"", Nearest.Fix(flag, ArticlesWords.Flags));
        foreach (var paragraph in article.ListOf("paragraphs"))
            CheckText(paragraph, faults);
    }

    private static void CheckText(SeedNode? text, SeedFaults faults)
    {
        if (text is not null && TokenText.Problem(text.Text ?? "", ArticlesWords.Tokens) is { } problem)
            faults.Add(text, problem, $"use the tokens {string.Join(", ", ArticlesWords.Tokens)}, written {{{{ {ArticlesWords.CompanyName} }}}}");
    }
}
