using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Catalogue;

/// <summary>The best few services for words that are still being typed; none when nothing fits.</summary>
[ForAnyone]
public sealed record SuggestServices(string? Text) : IQuery<IReadOnlyList<FoundService>>;

/// <summary>What an enterprise or a person can file here, by title.</summary>
[ForAnyone]
public sealed record GetOnlineServices(Audience Audience) : IQuery<IReadOnlyList<ReferenceEntry>>;

/// <summary>All 一件事 in force. From memory, without the database: empty before the catalogue was read once.</summary>
[ForAnyone]
public sealed record GetBundles : IQuery<IReadOnlyList<BundleLine>>;

/// <summary>An 一件事 in a list.</summary>
public sealed record BundleLine(string Code, string Title, string Summary);

internal sealed class GetBundlesHandler(LastIndex last) : IRequestHandler<GetBundles, IReadOnlyList<BundleLine>>
{
    public Task<IReadOnlyList<BundleLine>> Handle(GetBundles request, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<BundleLine>>([.. (last.Built?.Index.Services ?? []).Where(s => s.IsBundle).Select(s => new BundleLine(s.Code, s.Title, s.Summary))]);
}

/// <summary>主题 with at least one service in force, in their order: what can be browsed without a dead end.</summary>
[ForAnyone]
public sealed record GetThemesInUse : IQuery<IReadOnlyList<ReferenceEntry>>;

internal sealed class SuggestServicesHandler(ServiceIndexes indexes) : IRequestHandler<SuggestServices, IReadOnlyList<FoundService>>
{
    private const int Most = 8;

    public async Task<IReadOnlyList<FoundService>> Handle(SuggestServices request, CancellationToken ct)
    {
        var index = await indexes.Current(ct);
        var query = index.Vocabulary.Query(request.Text);
        return query.Length == 0 ? [] : [.. index.Search(query).Take(Most).Select(h => FoundService.Of(h.Service, index, query))];
    }
}

internal sealed class GetOnlineServicesHandler(ServiceIndexes indexes) : IRequestHandler<GetOnlineServices, IReadOnlyList<ReferenceEntry>>
{
    public async Task<IReadOnlyList<ReferenceEntry>> Handle(GetOnlineServices request, CancellationToken ct) =>
        [.. (await indexes.Current(ct)).Services.Where(s => s.Online && s.Audiences.Contains(request.Audience)).Select(s => new ReferenceEntry(s.Code, s.Title))];
}

internal sealed class GetThemesInUseHandler(ServiceIndexes indexes, IMediator mediator) : IRequestHandler<GetThemesInUse, IReadOnlyList<ReferenceEntry>>
{
    public async Task<IReadOnlyList<ReferenceEntry>> Handle(GetThemesInUse request, CancellationToken ct)
    {
        var used = (await indexes.Current(ct)).Services.Select(s => s.Theme).ToHashSet();
        return [.. (await mediator.Send(new GetReference(ReferenceKind.Themes), ct)).Where(t => used.Contains(t.Code))];
    }
}
