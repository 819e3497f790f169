namespace GaoXin.Portal.Catalogue.Finding;

/// <summary>A service in force as the index holds it: what lists show and filters ask.</summary>
internal sealed record IndexedService
{
    public required string Code { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required IReadOnlyList<Audience> Audiences { get; init; }

    public required IReadOnlyList<string> LifeEvents { get; init; }

    public required string Theme { get; init; }

    public required string Department { get; init; }

    public required ItemLevel Level { get; init; }

    public required Handling Handling { get; init; }

    public required int PromisedDays { get; init; }

    public required int Visits { get; init; }

    public required bool Online { get; init; }

    /// <summary>一件事.</summary>
    public required bool IsBundle { get; init; }

    public required bool Bookable { get; init; }

    public required bool Illustrative { get; init; }

    /// <summary>Codes of the places that handle it.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    public static IndexedService Of(ServiceDefinition service, IEnumerable<Place> places) => new()
    {
        Code = service.Code,
        Title = service.Title,
        Summary = service.Summary,
        Aliases = service.Aliases,
        Audiences = service.Audiences,
        LifeEvents = service.LifeEvents,
        Theme = service.Theme,
        Department = service.Department,
        Level = service.Nature.Level,
        Handling = service.Nature.Handling,
        PromisedDays = service.Clock.PromisedDays,
        Visits = service.Guide.Visits,
        Online = service.Online,
        IsBundle = service.Bundle is not null,
        Bookable = service.Nature.Bookable,
        Illustrative = service.Illustrative,
        Places = [.. places.Where(p => p.Handles(service)).Select(p => p.Code)],
    };
}
