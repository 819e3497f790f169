using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue;

/// <summary>
/// Finds services in force by everyday words over title, aliases and summary; without words it lists all. Any text may
/// be typed: signs are ignored, long text is cut. When nothing fits, the nearest services are offered as suggestions.
/// </summary>
[ForAnyone]
public sealed record SearchServices(string? Text = null, Audience? Audience = null, string? Theme = null, string? Department = null, int Page = 1)
    : IQuery<FoundServices>
{
    /// <summary>Services on one page.</summary>
    public const int PageSize = 20;
}

/// <summary>A page of services.</summary>
/// <param name="Items">Best first.</param>
/// <param name="Total">How many fit.</param>
/// <param name="Page">Counts from 1.</param>
/// <param name="AreSuggestions">Nothing fitted the words; these come nearest.</param>
public sealed record FoundServices(IReadOnlyList<FoundService> Items, int Total, int Page, bool AreSuggestions)
{
    /// <summary>The number of pages, at least 1.</summary>
    public int Pages => Math.Max(1, (Total + SearchServices.PageSize - 1) / SearchServices.PageSize);
}

/// <summary>A service as listed.</summary>
public sealed record FoundService(string Code, string Title, string Summary, string Department, string Theme);

/// <summary>主题 with at least one service in force, in their order: what can be browsed without a dead end.</summary>
[ForAnyone]
public sealed record GetThemesInUse : IQuery<IReadOnlyList<ReferenceEntry>>;

internal sealed class GetThemesInUseHandler(PortalDbContext db, CatalogueCache cache, TimeProvider clock, IMediator mediator)
    : IRequestHandler<GetThemesInUse, IReadOnlyList<ReferenceEntry>>
{
    public async Task<IReadOnlyList<ReferenceEntry>> Handle(GetThemesInUse request, CancellationToken ct)
    {
        var used = await cache.Current("themes in use", () => Used(ct));
        return [.. (await mediator.Send(new GetReference(ReferenceKind.Themes), ct)).Where(t => used!.Contains(t.Code))];
    }

    private Task<List<string>?> Used(CancellationToken ct)
    {
        var today = clock.Today();
        return db.Database.SqlQuery<string>($"""
            SELECT DISTINCT v.theme AS "Value"
            FROM catalogue.services_in_force({today}) v
            WHERE NOT v.cancelled
            """).ToListAsync(ct)!;
    }
}

internal sealed class SearchServicesHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<SearchServices, FoundServices>
{
    private const int Suggestions = 5;
    private const int LastPage = 1000;

    public async Task<FoundServices> Handle(SearchServices request, CancellationToken ct)
    {
        var words = SearchWords.Query(request.Text);
        var page = Math.Clamp(request.Page, 1, LastPage);
        if (words.Count == 0 && !string.IsNullOrWhiteSpace(request.Text))
            return await Nearest(request, ct);
        // Half of the pairs have to be there, so that one common pair does not bring everything.
        var rows = await Rows(request, words, (words.Count + 1) / 2, SearchServices.PageSize, (page - 1) * SearchServices.PageSize, ct);
        if (rows.Count > 0 || page > 1 || string.IsNullOrWhiteSpace(request.Text))
            return new FoundServices(Items(rows), rows.Count == 0 ? 0 : (int)rows[0].Total, page, false);
        return await Nearest(request, ct);
    }

    private async Task<FoundServices> Nearest(SearchServices request, CancellationToken ct)
    {
        var characters = SearchWords.Characters(request.Text);
        var near = await Rows(request, characters, Math.Min(1, characters.Count), Suggestions, 0, ct);
        return new FoundServices(Items(near), near.Count, 1, true);
    }

    private Task<List<Row>> Rows(SearchServices request, IReadOnlyList<string> words, int fewest, int count, int skip, CancellationToken ct)
    {
        string[] plain = [.. words];
        string[] title = [.. words.Select(SearchWords.InTitle)];
        string[] alias = [.. words.Select(SearchWords.InAlias)];
        var audience = request.Audience?.ToString();
        var (theme, department, today) = (Known(request.Theme), Known(request.Department), clock.Today());
        return db.Database.SqlQuery<Row>($"""
            SELECT code, title, summary, department, theme, count(*) OVER () AS total
            FROM (SELECT v.*,
                         (SELECT count(*) FROM unnest(v.words) w WHERE w = ANY({plain})) AS hits,
                         (SELECT count(*) FROM unnest(v.words) w WHERE w = ANY({title})) * 3
                           + (SELECT count(*) FROM unnest(v.words) w WHERE w = ANY({alias})) * 2 AS weight
                  FROM catalogue.services_in_force({today}) v
                  WHERE NOT v.cancelled
                    AND (cardinality({plain}) = 0 OR v.words && {plain})
                    AND ({audience}::text IS NULL OR {audience} = ANY(v.audiences))
                    AND ({theme}::text IS NULL OR v.theme = {theme})
                    AND ({department}::text IS NULL OR v.department = {department})) found
            WHERE hits >= {fewest}
            ORDER BY weight DESC, hits DESC, title, code
            LIMIT {count} OFFSET {skip}
            """).ToListAsync(ct);
    }

    private static IReadOnlyList<FoundService> Items(List<Row> rows) =>
        [.. rows.Select(r => new FoundService(r.Code, r.Title, r.Summary, r.Department, r.Theme))];

    /// <summary>A code from an address: what can not be stored can not be found either, and PostgreSQL refuses NUL.</summary>
    private static string? Known(string? code) => string.IsNullOrEmpty(code) ? null : code.Replace("\0", "", StringComparison.Ordinal);

    private sealed record Row(string Code, string Title, string Summary, string Department, string Theme, long Total);
}
