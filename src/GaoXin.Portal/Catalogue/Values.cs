using System.Globalization;

namespace GaoXin.Portal.Catalogue;

/// <summary>The values of expressions: text, decimal, bool, day, list, row list or null, and how they compare.</summary>
internal static class Values
{
    /// <summary>Numbers of any kind become decimals; the rest stays.</summary>
    public static object? Normal(object? value) => value switch
    {
        null or string or decimal or bool or DateOnly => value,
        sbyte or byte or short or ushort or int or uint or long or ulong => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        DateTimeOffset => throw new ArgumentException("Facts hold days, not instants."),
        double or float => throw new ArgumentException("Facts hold decimals, never binary fractions."),
        Enum name => name.ToString(),
        _ => value,
    };

    public static decimal? Number(object? value) => value switch
    {
        decimal number => number,
        string text when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public static DateOnly? Day(object? value) => value switch
    {
        DateOnly day => day,
        string { Length: 10 } text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        _ => null,
    };

    public static bool? Flag(object? value) => value switch
    {
        bool flag => flag,
        "yes" or "true" => true,
        "no" or "false" => false,
        _ => null,
    };

    /// <summary>The text kept as evidence and as an answer: 12.50 stays, yes and no for flags, yyyy-MM-dd, lists by commas.</summary>
    public static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "yes" : "no",
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IReadOnlyList<IFacts> rows => rows.Count.ToString(CultureInfo.InvariantCulture),
        IEnumerable<string> many => string.Join(',', many),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>Equal in the type of either side; null equals nothing.</summary>
    public static bool Same(object? left, object? right)
    {
        if (left is null || right is null)
            return false;
        if (left is bool || right is bool)
            return Flag(left) is { } flag && flag == Flag(right);
        return Order(left, right) == 0 || (left is not (decimal or DateOnly) && right is not (decimal or DateOnly) && Text(left) == Text(right));
    }

    /// <summary>The order of two numbers or two days; null when they have none.</summary>
    public static int? Order(object? left, object? right)
    {
        if (left is DateOnly || right is DateOnly)
            return Day(left) is { } day && Day(right) is { } other ? day.CompareTo(other) : null;
        if (left is decimal || right is decimal)
            return Number(left) is { } number && Number(right) is { } second ? number.CompareTo(second) : null;
        return Day(left) is { } first && Day(right) is { } last ? first.CompareTo(last) : null;
    }

    public static bool Empty(object? value) => value switch
    {
        null => true,
        string text => text.Length == 0,
        IReadOnlyCollection<string> many => many.Count == 0,
        IReadOnlyCollection<IFacts> rows => rows.Count == 0,
        _ => false,
    };
}
