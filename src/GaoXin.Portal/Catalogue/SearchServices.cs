using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Catalogue;

/// <summary>
/// Finds services in force by everyday words, pinyin or initials over title, aliases and summary; without words it lists
/// all by title. Any text may be typed: signs are ignored, long text is cut. When nothing fits, the nearest are suggested.
/// </summary>
[ForAnyone]
public sealed record SearchServices(string? Text = null) : IQuery<FoundServices>
{
    /// <summary>Services on one page, unless asked otherwise.</summary>
    public const int UsualPageSize = 20;

    /// <summary>Most services on one page.</summary>
    public const int LargestPageSize = 100;

    /// <summary>What narrows the list.</summary>
    public ServiceFilter Filter { get; init; } = new();

    /// <summary>Counts from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Services on one page.</summary>
    public int PageSize { get; init; } = UsualPageSize;
}

/// <summary>A page of services.</summary>
/// <param name="Items">Best first.</param>
/// <param name="Total">How many fit.</param>
/// <param name="Page">Counts from 1.</param>
/// <param name="PageSize">On one page.</param>
public sealed record FoundServices(IReadOnlyList<FoundService> Items, int Total, int Page, int PageSize)
{
    /// <summary>The values to filter by, over what the words found.</summary>
    public IReadOnlyList<FacetOption> Options { get; init; } = [];

    /// <summary>What comes nearest when the words fit nothing, filtered or not.</summary>
    public IReadOnlyList<FoundService> Suggestions { get; init; } = [];

    /// <summary>How many the words fit without the filters.</summary>
    public int TotalUnfiltered { get; init; }

    /// <summary>The number of pages, at least 1.</summary>
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);
}

/// <summary>A service as listed.</summary>
public sealed record FoundService(string Code, string Title, string Summary, string Department, string Theme)
{
    /// <summary>The title in parts.</summary>
    public IReadOnlyList<TextPart> Marked { get; init; } = [];

    /// <summary>也叫: the alias that was found, in parts, where the title does not show why.</summary>
    public IReadOnlyList<TextPart>? AlsoCalled { get; init; }

    /// <summary>The name of the department.</summary>
    public string DepartmentTitle { get; init; } = "";

    /// <summary>行使层级.</summary>
    public ItemLevel Level { get; init; }

    /// <summary>办件类型.</summary>
    public Handling Handling { get; init; }

    /// <summary>Promised working days, 0 is the same day.</summary>
    public int PromisedDays { get; init; }

    /// <summary>要跑几次.</summary>
    public int Visits { get; init; }

    /// <summary>网上能办.</summary>
    public bool Online { get; init; }

    /// <summary>可预约.</summary>
    public bool Bookable { get; init; }

    internal static FoundService Of(IndexedService service, ServiceIndex index, string query)
    {
        var marked = Marks.Of(index, service.Title, query);
        return new(service.Code, service.Title, service.Summary, service.Department, service.Theme)
        {
            Marked = marked,
            AlsoCalled = query.Length == 0 || marked.Any(p => p.Marked) ? null
                : service.Aliases.Select(a => Marks.Of(index, a, query)).Where(a => a.Any(p => p.Marked))
                    .MaxBy(a => (double)a.Where(p => p.Marked).Sum(p => p.Text.Length) / a.Sum(p => p.Text.Length)),
            DepartmentTitle = index.Departments.GetValueOrDefault(service.Department, service.Department),
            Level = service.Level,
            Handling = service.Handling,
            PromisedDays = service.PromisedDays,
            Visits = service.Visits,
            Online = service.Online,
            Bookable = service.Bookable,
        };
    }
}

/// <summary>A stretch of a text; marked when it answers the query.</summary>
public sealed record TextPart(string Text, bool Marked);

internal sealed class SearchServicesHandler(ServiceIndexes indexes) : IRequestHandler<SearchServices, FoundServices>
{
    private const int Suggestions = 5;

    public async Task<FoundServices> Handle(SearchServices request, CancellationToken ct)
    {
        var index = await indexes.Current(ct);
        var query = index.Vocabulary.Query(request.Text);
        // Signs alone are words that fit nothing; no words at all list everything.
        var all = string.IsNullOrWhiteSpace(request.Text) ? index.Services : query.Length == 0 ? [] : [.. index.Search(query).Select(h => h.Service)];
        var fitting = all.Where(request.Filter.Admits).ToList();
        var size = Math.Clamp(request.PageSize, 1, SearchServices.LargestPageSize);
        var page = Math.Clamp(request.Page, 1, Math.Max(1, (fitting.Count + size - 1) / size));
        return new FoundServices([.. fitting.Skip((page - 1) * size).Take(size).Select(s => FoundService.Of(s, index, query))], fitting.Count, page, size)
        {
            Options = Facets.Of(all, request.Filter),
            TotalUnfiltered = all.Count,
            Suggestions = all.Count > 0 || query.Length == 0 ? [] : [.. index.Nearest(query, Suggestions).Select(h => FoundService.Of(h.Service, index, query))],
        };
    }
}
