using GaoXin.Portal.Catalogue.Finding;

namespace GaoXin.Portal.Catalogue;

/// <summary>What narrows a list of services. All of it holds together; null and false narrow nothing.</summary>
public sealed record ServiceFilter
{
    /// <summary>谁办.</summary>
    public Audience? Audience { get; init; }

    /// <summary>Code of a 人生和经营阶段.</summary>
    public string? LifeEvent { get; init; }

    /// <summary>Code of a 主题.</summary>
    public string? Theme { get; init; }

    /// <summary>Code of a department.</summary>
    public string? Department { get; init; }

    /// <summary>行使层级.</summary>
    public ItemLevel? Level { get; init; }

    /// <summary>Code of a place that handles it (就近办).</summary>
    public string? Place { get; init; }

    /// <summary>How fast.</summary>
    public Speed? Speed { get; init; }

    /// <summary>要跑几次: none, or exactly one.</summary>
    public VisitCount? Visits { get; init; }

    /// <summary>网上能办: the form can be filed here.</summary>
    public bool Online { get; init; }

    /// <summary>The this without this facet.</summary>
    public ServiceFilter Without(Facet facet) => facet switch
    {
        Facet.Audience => this with { Audience = null },
        Facet.LifeEvent => this with { LifeEvent = null },
        Facet.Theme => this with { Theme = null },
        Facet.Department => this with { Department = null },
        Facet.Level => this with { Level = null },
        Facet.Place => this with { Place = null },
        Facet.Speed => this with { Speed = null },
        Facet.Visits => this with { Visits = null },
        _ => this with { Online = false },
    };

    internal bool Admits(IndexedService service) =>
        (Audience is not { } audience || service.Audiences.Contains(audience))
        && (LifeEvent is null || service.LifeEvents.Contains(LifeEvent))
        && (Theme is null || service.Theme == Theme)
        && (Department is null || service.Department == Department)
        && (Level is not { } level || service.Level == level)
        && (Place is null || service.Places.Contains(Place))
        && (Speed is not { } speed || SpeedsOf(service).Contains(speed))
        && (Visits is not { } visits || VisitsOf(service).Contains(visits))
        && (!Online || service.Online);

    internal static IEnumerable<Speed> SpeedsOf(IndexedService service)
    {
        if (service.Handling == Handling.Instant)
            yield return Catalogue.Speed.Instant;
        if (service.PromisedDays <= 3)
            yield return Catalogue.Speed.WithinThreeDays;
    }

    internal static IEnumerable<VisitCount> VisitsOf(IndexedService service)
    {
        if (service.Visits is 0 or 1)
            yield return (VisitCount)service.Visits;
    }
}

/// <summary>How fast a service is done.</summary>
public enum Speed
{
    /// <summary>即来即办: 即办件.</summary>
    [Chinese("即来即办")]
    Instant,

    /// <summary>3 个工作日以内: promised, the same day included.</summary>
    [Chinese("3 个工作日以内")]
    WithinThreeDays,
}

/// <summary>要跑几次.</summary>
public enum VisitCount
{
    /// <summary>零跑动.</summary>
    [Chinese("一次不用跑")]
    None,

    /// <summary>只跑一次.</summary>
    [Chinese("只跑一次")]
    Once,
}

/// <summary>What can be filtered by.</summary>
public enum Facet
{
    /// <summary>谁办.</summary>
    [Chinese("谁来办")]
    Audience,

    /// <summary>人生和经营阶段.</summary>
    [Chinese("遇到什么事")]
    LifeEvent,

    /// <summary>快慢.</summary>
    [Chinese("多久办好")]
    Speed,

    /// <summary>跑几次.</summary>
    [Chinese("跑几次")]
    Visits,

    /// <summary>网上能办.</summary>
    [Chinese("网上办")]
    Online,

    /// <summary>层级.</summary>
    [Chinese("哪一级办")]
    Level,

    /// <summary>就近的地点.</summary>
    [Chinese("在哪儿办")]
    Place,

    /// <summary>主题.</summary>
    [Chinese("主题")]
    Theme,

    /// <summary>部门.</summary>
    [Chinese("部门")]
    Department,
}

/// <summary>A value to filter by.</summary>
/// <param name="Facet">Of what.</param>
/// <param name="Code">The value's code.</param>
/// <param name="Count">How many are listed with <paramref name="Filter"/>.</param>
/// <param name="Chosen">It is in force now.</param>
/// <param name="Filter">The filter with this value beside everything else chosen.</param>
public sealed record FacetOption(Facet Facet, string Code, int Count, bool Chosen, ServiceFilter Filter);

/// <summary>The values of all facets over what a query found.</summary>
internal static class Facets
{
    /// <summary>Every value that lists something, and every chosen one, in the order of the first hits.</summary>
    public static IReadOnlyList<FacetOption> Of(IReadOnlyList<IndexedService> found, ServiceFilter filter) =>
        [.. Enum.GetValues<Facet>().SelectMany(facet => Options(facet, found, filter))];

    private static IEnumerable<FacetOption> Options(Facet facet, IReadOnlyList<IndexedService> found, ServiceFilter filter)
    {
        var others = filter.Without(facet);
        var admitted = found.Where(others.Admits).ToList();
        return facet switch
        {
            Facet.Audience => Count(s => s.Audiences, filter.Audience, v => others with { Audience = v }, v => v.Code()),
            Facet.LifeEvent => Count(s => s.LifeEvents, filter.LifeEvent, v => others with { LifeEvent = v }),
            Facet.Theme => Count<string>(s => [s.Theme], filter.Theme, v => others with { Theme = v }),
            Facet.Department => Count<string>(s => [s.Department], filter.Department, v => others with { Department = v }),
            Facet.Level => Count<ItemLevel>(s => [s.Level], filter.Level, v => others with { Level = v }, v => v.Code()),
            Facet.Place => Count(s => s.Places, filter.Place, v => others with { Place = v }),
            Facet.Speed => Count(ServiceFilter.SpeedsOf, filter.Speed, v => others with { Speed = v }, v => v.Code()),
            Facet.Visits => Count(ServiceFilter.VisitsOf, filter.Visits, v => others with { Visits = v }, v => v.Code()),
            _ => Count<bool>(s => s.Online ? [true] : [], filter.Online ? true : (bool?)null, v => others with { Online = v }, _ => "1"),
        };

        IEnumerable<FacetOption> Count<T>(Func<IndexedService, IEnumerable<T>> values, object? chosen, Func<T, ServiceFilter> with, Func<T, string>? code = null)
            where T : notnull
        {
            var counts = admitted.SelectMany(s => values(s).Distinct()).GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());
            if (chosen is T now)
                counts.TryAdd(now, 0);
            return counts.Select(c => new FacetOption(facet, code?.Invoke(c.Key) ?? c.Key.ToString()!, c.Value, c.Key.Equals(chosen), with(c.Key)));
        }
    }
}
