using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Catalogue.Items;

/// <summary>The words of values: Chinese words of codes, titles of departments and places; and back.</summary>
public sealed class ItemNames(IReadOnlyDictionary<ReferenceKind, IReadOnlyList<ReferenceEntry>> lists)
{
    private const string Yes = "是";

    /// <summary>The reference lists that elements use.</summary>
    internal static IReadOnlyList<ReferenceKind> Kinds { get; } = [ReferenceKind.Departments, ReferenceKind.Themes, ReferenceKind.LifeEvents, ReferenceKind.Places];

    /// <summary>The entries of a list in order.</summary>
    public IReadOnlyList<ReferenceEntry> Of(ReferenceKind kind) => lists.GetValueOrDefault(kind) ?? [];

    /// <summary>A stored value as people read it.</summary>
    public string Words(ItemElement element, string value) => value.Length == 0 ? ""
        : element.IsMany ? string.Join('\n', value.Split('\n').Select(v => Word(element, v))) : Word(element, value);

    /// <summary>What people wrote as the stored value; null when it is none of the words and codes.</summary>
    public string? Value(ItemElement element, string words)
    {
        if (words.Trim().Length == 0)
            return "";
        if (!element.IsMany)
            return One(element, words.Trim());
        var values = words.Split(element.Type == ElementType.Texts ? ['\n'] : ['\n', '；', '、', ';', ',', '，']).Select(w => w.Trim()).Where(w => w.Length > 0)
            .Select(w => One(element, w)).ToList();
        return values.Contains(null) ? null : string.Join('\n', values);
    }

    /// <summary>Everything that may be written for an element of codes.</summary>
    public IReadOnlyList<string> Known(ItemElement element) => element.Type is ElementType.Flag ? [Yes, "否"]
        : element.Reference is { } kind ? [.. Of(kind).Select(e => e.Title)] : [.. element.Values.Select(v => v.Chinese())];

    private string Word(ItemElement element, string value) => element.Type switch
    {
        ElementType.Flag => Yes,
        ElementType.Choice or ElementType.Choices => element.Values.FirstOrDefault(v => v.Code() == value)?.Chinese() ?? value,
        ElementType.Code or ElementType.Codes => Of(element.Reference!.Value).FirstOrDefault(e => e.Code == value)?.Title ?? value,
        _ => value,
    };

    private string? One(ItemElement element, string word) => element.Type switch
    {
        ElementType.Flag => word is Yes or "true" or "TRUE" or "1" ? "true" : word is "否" or "false" or "FALSE" or "0" ? "" : null,
        ElementType.Choice or ElementType.Choices => element.Values.FirstOrDefault(v => v.Chinese() == word || v.Code() == word)?.Code(),
        ElementType.Code or ElementType.Codes => Of(element.Reference!.Value).FirstOrDefault(e => e.Title == word || e.Code == word)?.Code,
        _ => word,
    };
}

/// <summary>The names that elements of items use. Cached with the lists.</summary>
[ForAnyone]
public sealed record GetItemNames : IQuery<ItemNames>;

internal sealed class GetItemNamesHandler(IMediator mediator) : IRequestHandler<GetItemNames, ItemNames>
{
    public async Task<ItemNames> Handle(GetItemNames request, CancellationToken ct)
    {
        var lists = new Dictionary<ReferenceKind, IReadOnlyList<ReferenceEntry>>();
        foreach (var kind in ItemNames.Kinds)
            lists[kind] = await mediator.Send(new GetReference(kind), ct);
        return new ItemNames(lists);
    }
}
