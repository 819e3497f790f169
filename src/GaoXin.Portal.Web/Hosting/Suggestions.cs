using GaoXin.Portal.Catalogue;
using MediatR;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>What the search box offers while one types. The page finds the same without it.</summary>
internal static class Suggestions
{
    private const string Lifetime = "public, max-age=60";

    public static void MapSuggestions(this IEndpointRouteBuilder app) =>
        app.MapGet("/services/suggestions", Suggest).AllowAnonymous().RequireRateLimiting(RateLimits.Public).ExcludeFromDescription();

    private static async Task<IReadOnlyList<Suggestion>> Suggest(HttpContext http, IMediator mediator, string? q, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = Lifetime;
        return [.. (await mediator.Send(new SuggestServices(q), ct)).Select(s => new Suggestion(s.Marked, s.AlsoCalled, $"/services/{s.Code}"))];
    }

    /// <summary>One line of the list.</summary>
    internal sealed record Suggestion(IReadOnlyList<TextPart> Title, IReadOnlyList<TextPart>? AlsoCalled, string Url);
}
