using GaoXin.Portal.Catalogue;
using MediatR;
using Choice = GaoXin.Portal.Web.TagHelpers.Choice;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// The services that an enterprise can file here, as choices by title. Read through the catalogue's own queries, which know
/// one service at a time, and kept for ten minutes: the list changes with a new version of the catalogue only.
/// </summary>
public sealed class OnlineServices(TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private (DateTimeOffset Until, IReadOnlyList<Choice> Choices)? _known;

    /// <summary>The choices.</summary>
    public async Task<IReadOnlyList<Choice>> For(IMediator mediator, CancellationToken ct)
    {
        if (_known is { } known && known.Until > clock.GetUtcNow())
            return known.Choices;
        var choices = new List<Choice>();
        for (var (page, pages) = (1, 1); page <= pages; page++)
        {
            var found = await mediator.Send(new SearchServices(Audience: Audience.Enterprise, Page: page), ct);
            pages = found.AreSuggestions ? 0 : found.Pages;
            foreach (var service in found.Items)
            {
                if (await mediator.Send(new GetServiceDefinition(service.Code), ct) is { Online: true })
                    choices.Add(new Choice(service.Code, service.Title));
            }
        }

        choices.Sort((a, b) => string.CompareOrdinal(a.Value, b.Value));
        _known = (clock.GetUtcNow() + Kept, choices);
        return choices;
    }
}
