using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue;

/// <summary>搜不到的词: what people searched for and did not find in the last 90 days, most often first. Words of few searches are left out.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record GetMissedSearches(int Page = 1) : IQuery<MissedSearches>
{
    /// <summary>Words on one page.</summary>
    public const int PageSize = 50;

    /// <summary>Shown from so many searches on.</summary>
    public const int Threshold = 3;
}

/// <summary>A page of words.</summary>
public sealed record MissedSearches(IReadOnlyList<MissedSearch> Items, int Total, int Page)
{
    /// <summary>The number of pages, at least 1.</summary>
    public int Pages => Math.Max(1, (Total + GetMissedSearches.PageSize - 1) / GetMissedSearches.PageSize);
}

/// <summary>Words that found nothing.</summary>
/// <param name="Text">What was searched for.</param>
/// <param name="Count">How often.</param>
/// <param name="Last">The last day.</param>
/// <param name="Nearest">The item that comes nearest today; null when none does.</param>
/// <param name="FoundNow">Today the words do find something.</param>
public sealed record MissedSearch(string Text, int Count, DateOnly Last, ReferenceEntry? Nearest, bool FoundNow);

internal sealed class GetMissedSearchesHandler(PortalDbContext db, ServiceIndexes indexes, TimeProvider clock) : IRequestHandler<GetMissedSearches, MissedSearches>
{
    public async Task<MissedSearches> Handle(GetMissedSearches request, CancellationToken ct)
    {
        var since = clock.Today().AddDays(-TidySearchCounts.Days);
        var missed = db.SearchCounts.Where(c => !c.Found && c.Day > since).GroupBy(c => c.Text)
            .Select(g => new { Text = g.Key, Count = g.Sum(c => c.Count), Last = g.Max(c => c.Day) }).Where(g => g.Count >= GetMissedSearches.Threshold);
        var total = await missed.CountAsync(ct);
        var page = Math.Clamp(request.Page, 1, Math.Max(1, (total + GetMissedSearches.PageSize - 1) / GetMissedSearches.PageSize));
        var rows = await missed.OrderByDescending(m => m.Count).ThenBy(m => m.Text)
            .Skip((page - 1) * GetMissedSearches.PageSize).Take(GetMissedSearches.PageSize).ToListAsync(ct);
        var index = await indexes.Current(ct);
        return new MissedSearches([.. rows.Select(r => Line(index, r.Text, r.Count, r.Last))], total, page);
    }

    private static MissedSearch Line(ServiceIndex index, string text, int count, DateOnly last)
    {
        var found = index.Search(text);
        var nearest = (found.Count > 0 ? found : index.Nearest(text, 1)).FirstOrDefault()?.Service;
        return new MissedSearch(text, count, last, nearest is null ? null : new ReferenceEntry(nearest.Code, nearest.Title), found.Count > 0);
    }
}
