using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Catalogue;

/// <summary>大家在搜: what many people searched for, or words to try until there are enough. From memory, without the database.</summary>
[ForAnyone]
public sealed record GetHotWords : IQuery<HotSearches>;

/// <summary>Words to search for.</summary>
/// <param name="Words">Most searched first; empty before the catalogue was read once.</param>
/// <param name="AreCounted">From real searches.</param>
public sealed record HotSearches(IReadOnlyList<string> Words, bool AreCounted);

internal sealed class GetHotWordsHandler(HotWords hot, LastIndex last) : IRequestHandler<GetHotWords, HotSearches>
{
    public Task<HotSearches> Handle(GetHotWords request, CancellationToken ct) => Task.FromResult(hot.Words.Count > 0
        ? new HotSearches(hot.Words, true)
        : new HotSearches(last.Built?.Index.Vocabulary.Hot ?? [], false));
}
