using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Catalogue;

/// <summary>
/// Somebody searched. Counted in memory, for 大家在搜 and for the editors, without a word about who; it stores nothing, so it is
/// no command. What of it may be kept at all is decided when it is written down.
/// </summary>
[ForAnyone]
public sealed record CountSearch(string Text) : IQuery<Unit>;

internal sealed class CountSearchHandler(SearchTally tally) : IRequestHandler<CountSearch, Unit>
{
    public Task<Unit> Handle(CountSearch request, CancellationToken ct)
    {
        tally.Add(request.Text);
        return Unit.Task;
    }
}
