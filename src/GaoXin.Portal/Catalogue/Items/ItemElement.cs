namespace GaoXin.Portal.Catalogue.Items;

/// <summary>
/// One element (要素) of an item as people edit, compare and exchange it. Editors' forms, differences, tables for
/// import and export all follow this one description.
/// </summary>
/// <param name="Path">Where it stands in a definition, for example <c>nature.kind</c>; a column's path is its key.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Type">How it is written.</param>
public sealed record ItemElement(string Path, string Label, ElementType Type)
{
    /// <summary>One sentence for editors.</summary>
    public string? Hint { get; init; }

    /// <summary>The enumeration of a choice.</summary>
    public Type? Enumeration { get; init; }

    /// <summary>The reference list whose codes are used.</summary>
    public ReferenceKind? Reference { get; init; }

    /// <summary>The columns of rows.</summary>
    public IReadOnlyList<ItemElement> Columns { get; init; } = [];

    /// <summary>Must not be empty.</summary>
    public bool Required { get; init; }

    /// <summary>Several values: kept as a list, written one a line.</summary>
    public bool IsMany => Type is ElementType.Texts or ElementType.Choices or ElementType.Codes;

    /// <summary>The values of its enumeration in order.</summary>
    public IReadOnlyList<Enum> Values => Enumeration is null ? [] : [.. Enum.GetValues(Enumeration).Cast<Enum>()];
}

/// <summary>How an element is written.</summary>
public enum ElementType
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines of text.</summary>
    Long,

    /// <summary>Several texts, one a line.</summary>
    Texts,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>是 or nothing.</summary>
    Flag,

    /// <summary>A day as yyyy-MM-dd.</summary>
    Day,

    /// <summary>One of an enumeration.</summary>
    Choice,

    /// <summary>Several of an enumeration.</summary>
    Choices,

    /// <summary>A code of a reference list.</summary>
    Code,

    /// <summary>Several codes of a reference list.</summary>
    Codes,

    /// <summary>Rows with columns.</summary>
    Rows,
}

/// <summary>Elements that are edited on one page.</summary>
public sealed record ElementGroup(string Code, string Title, IReadOnlyList<ItemElement> Elements);
