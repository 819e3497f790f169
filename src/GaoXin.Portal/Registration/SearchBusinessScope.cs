using FluentValidation;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Registration;

/// <summary>
/// Finds standard phrases (规范条目) by name, everyday word, own code or industry code, best first, at most 30. Items that
/// may never be registered are not offered. An empty search offers the first general items.
/// </summary>
[ForAnyone]
public sealed record SearchBusinessScope(string? Text) : IQuery<IReadOnlyList<ScopeItem>>;

/// <summary>The items of codes, in the order asked; unknown codes are left out.</summary>
[ForAnyone]
public sealed record GetBusinessScopeItems(IReadOnlyList<string> Codes) : IQuery<IReadOnlyList<ScopeItem>>;

/// <summary>Standard addresses (标准地址) that contain the text, at most 10.</summary>
[ForAnyone]
public sealed record GetStandardAddresses(string? Text) : IQuery<IReadOnlyList<StandardAddress>>;

internal sealed class SearchBusinessScopeValidator : AbstractValidator<SearchBusinessScope>
{
    public SearchBusinessScopeValidator() => RuleFor(q => q.Text).MaximumLength(100).WithMessage("搜索词太长了，请缩短");
}

internal sealed class GetBusinessScopeItemsValidator : AbstractValidator<GetBusinessScopeItems>
{
    public GetBusinessScopeItemsValidator() => RuleFor(q => q.Codes).NotNull().Must(c => c is null || c.Count <= 200);
}

internal sealed class GetStandardAddressesValidator : AbstractValidator<GetStandardAddresses>
{
    public GetStandardAddressesValidator() => RuleFor(q => q.Text).MaximumLength(100).WithMessage("搜索词太长了，请缩短");
}

internal sealed class SearchBusinessScopeHandler(ReferenceFiles files) : IRequestHandler<SearchBusinessScope, IReadOnlyList<ScopeItem>>
{
    private const int Most = 30;

    public Task<IReadOnlyList<ScopeItem>> Handle(SearchBusinessScope request, CancellationToken ct)
    {
        var text = Text.Compact(request.Text);
        IReadOnlyList<ScopeItem> found =
        [
            .. files.Scope.Values.Where(i => i.Kind != ScopeItemKind.Forbidden)
                .Select(i => (Item: i, Rank: Rank(i, text)))
                .Where(p => p.Rank > 0)
                .OrderByDescending(p => p.Rank).ThenBy(p => p.Item.Kind).ThenBy(p => p.Item.Code, StringComparer.Ordinal)
                .Take(Most).Select(p => p.Item),
        ];
        return Task.FromResult(found);
    }

    private static int Rank(ScopeItem item, string text)
    {
        if (text.Length == 0)
            return item.Kind == ScopeItemKind.General ? 1 : 0;
        if (item.Name == text || item.Code.Equals(text, StringComparison.OrdinalIgnoreCase))
            return 5;
        if (item.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase) || item.Aliases.Contains(text, StringComparer.OrdinalIgnoreCase))
            return 4;
        if (item.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            return 3;
        if (item.Aliases.Any(a => a.Contains(text, StringComparison.OrdinalIgnoreCase) || (a.Length > 1 && text.Contains(a, StringComparison.OrdinalIgnoreCase))))
            return 2;
        return item.Industry.EndsWith(text, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
    }
}

internal sealed class GetBusinessScopeItemsHandler(ReferenceFiles files) : IRequestHandler<GetBusinessScopeItems, IReadOnlyList<ScopeItem>>
{
    public Task<IReadOnlyList<ScopeItem>> Handle(GetBusinessScopeItems request, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ScopeItem>>([.. request.Codes.Distinct().Where(files.Scope.ContainsKey).Select(c => files.Scope[c])]);
}

internal sealed class GetStandardAddressesHandler(ReferenceFiles files) : IRequestHandler<GetStandardAddresses, IReadOnlyList<StandardAddress>>
{
    private const int Most = 10;

    public Task<IReadOnlyList<StandardAddress>> Handle(GetStandardAddresses request, CancellationToken ct) =>
        Task.FromResult(files.Addresses.Search(request.Text ?? "", Most));
}
