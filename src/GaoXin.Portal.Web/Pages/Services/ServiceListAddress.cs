using GaoXin.Portal.Catalogue;
using Microsoft.AspNetCore.Http.Extensions;

namespace GaoXin.Portal.Web.Pages.Services;

/// <summary>The address of a list of services: every state of words, filters and page has one. What it does not know narrows nothing.</summary>
public sealed record ServiceListAddress
{
    public const string Path = "/services";
    private const string Yes = "1";

    public string? For { get; init; }

    public string? Event { get; init; }

    public string? Theme { get; init; }

    public string? Department { get; init; }

    public string? Level { get; init; }

    public string? Place { get; init; }

    public string? Speed { get; init; }

    public string? Visits { get; init; }

    public string? Online { get; init; }

    /// <summary>The filter the parts stand for.</summary>
    public ServiceFilter Filter() => new()
    {
        Audience = Value<Audience>(For),
        LifeEvent = Text(Event),
        Theme = Text(Theme),
        Department = Text(Department),
        Level = Value<ItemLevel>(Level),
        Place = Text(Place),
        Speed = Value<Speed>(Speed),
        Visits = Value<VisitCount>(Visits),
        Online = Online == Yes,
    };

    /// <summary>The parts of a filter, for links and hidden fields.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Parts(ServiceFilter filter)
    {
        (string Name, string? Value)[] parts =
        [
            ("for", filter.Audience?.Code()), ("event", filter.LifeEvent), ("speed", filter.Speed?.Code()), ("visits", filter.Visits?.Code()),
            ("online", filter.Online ? Yes : null), ("level", filter.Level?.Code()), ("place", filter.Place), ("theme", filter.Theme), ("department", filter.Department),
        ];
        return parts.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value!));
    }

    /// <summary>The address of a page of what these words and this filter find.</summary>
    public static string Of(string? text, ServiceFilter filter, int page = 1)
    {
        var query = new QueryBuilder(Parts(filter));
        if (!string.IsNullOrWhiteSpace(text))
            query.Add("q", text);
        if (page > 1)
            query.Add("page-number", $"{page}");
        return Path + query;
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static T? Value<T>(string? code)
        where T : struct, Enum => Enum.GetValues<T>().Where(v => v.Code() == code).Select(v => (T?)v).FirstOrDefault();
}
