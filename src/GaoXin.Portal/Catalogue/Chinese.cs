using System.Collections.Concurrent;
using System.Reflection;

namespace GaoXin.Portal.Catalogue;

/// <summary>The Chinese word of a code, at the one place where the code is defined.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ChineseAttribute(string word) : Attribute
{
    /// <summary>The word people read.</summary>
    public string Word => word;
}

/// <summary>The codes of an enumeration as files and tables write them, and their words.</summary>
public static class ChineseWords
{
    private static readonly ConcurrentDictionary<Enum, string> Words = new();

    /// <summary>The word, for example 行政许可; the code itself where none is given.</summary>
    public static string Chinese(this Enum value) => Words.GetOrAdd(value, v =>
        v.GetType().GetField(v.ToString())?.GetCustomAttribute<ChineseAttribute>()?.Word ?? v.ToString());

    /// <summary>The code in files, for example <c>public-service</c>.</summary>
    public static string Code(this Enum value) => value.ToString() is { Length: <= 2 } whole ? whole
        : string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
