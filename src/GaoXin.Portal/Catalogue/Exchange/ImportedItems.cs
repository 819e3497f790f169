using GaoXin.Portal.Catalogue.Items;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>A fault of an imported file: where, what, how to mend it.</summary>
/// <param name="Sheet">The sheet, or the file in a zip.</param>
/// <param name="Row">The row or line, counted from 1.</param>
/// <param name="Column">The heading of the column; empty where the whole row is meant.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do.</param>
public sealed record ImportFault(string Sheet, int Row, string Column, string Message, string Fix);

/// <summary>The items of a file on top of what is in force, with the place of every value and the faults of reading.</summary>
internal sealed class ImportedItems
{
    private readonly Dictionary<string, (string Sheet, int Row, string Column)> _places = [];

    /// <summary>What each item becomes, by code, in the order of the file.</summary>
    public Dictionary<string, ItemDocument> Items { get; } = [];

    public List<ImportFault> Faults { get; } = [];

    /// <summary>True when the file lists the items themselves, so that one left out is missing.</summary>
    public bool ListsItems { get; set; }

    public void Place(string code, string path, string sheet, int row, string column) => _places[$"{code}{ItemDocument.Separator}{path}"] = (sheet, row, column);

    /// <summary>The place of a path, or the nearest above it.</summary>
    public (string Sheet, int Row, string Column) PlaceOf(string code, string path)
    {
        for (var at = path; ; at = Above(at))
        {
            if (_places.TryGetValue($"{code}{ItemDocument.Separator}{at}", out var place))
                return at == path ? place : place with { Column = at.Length == 0 || at.EndsWith(']') ? ItemFaultWords.Label(path).Split('：')[^1] : place.Column };
            if (at.Length == 0)
                return (code, 0, ItemFaultWords.Label(path));
        }
    }

    private static string Above(string path) => path.LastIndexOfAny(['.', '[']) is var cut and > 0 ? path[..cut] : "";
}
