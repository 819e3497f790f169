using System.Globalization;
using System.Text.RegularExpressions;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>
/// One group of elements as a form. A control is named by the path of its element (<c>nature.kind</c>,
/// <c>materials[0].title</c>), so a fault of the draft finds its control by itself. Rows come and go without JavaScript:
/// the buttons send the whole form and get it back one row longer or shorter.
/// </summary>
public sealed partial class ElementForm
{
    /// <summary>The name of the buttons.</summary>
    public const string Button = "do";

    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, List<IReadOnlyDictionary<string, string>>> _rows = [];

    private ElementForm(ElementGroup group) => Group = group;

    /// <summary>The group.</summary>
    public ElementGroup Group { get; }

    /// <summary>Where the keyboard goes on after a button changed the rows: the row made or lifted, or -1 for the rows as a whole.</summary>
    public (string Path, int Row)? Touched { get; private set; }

    /// <summary>As stored in the draft.</summary>
    public static ElementForm Of(ElementGroup group, DraftView draft)
    {
        var form = new ElementForm(group);
        foreach (var element in group.Elements)
        {
            if (element.Type == ElementType.Rows)
                form._rows[element.Path] = [.. draft.Rows[element.Path]];
            else
                form._values[element.Path] = draft.Values[element.Path];
        }

        return form;
    }

    /// <summary>As typed.</summary>
    public static ElementForm Of(ElementGroup group, IFormCollection typed)
    {
        var form = new ElementForm(group);
        foreach (var element in group.Elements)
        {
            if (element.Type == ElementType.Rows)
                form._rows[element.Path] = [.. RowsOf(element, typed)];
            else
                form._values[element.Path] = Text(typed, element.Path);
        }

        return form;
    }

    /// <summary>The value of an element.</summary>
    public string Value(ItemElement element) => _values.GetValueOrDefault(element.Path, "");

    /// <summary>The rows of an element.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(ItemElement element) => _rows.GetValueOrDefault(element.Path) ?? [];

    /// <summary>The name of a control in a row.</summary>
    public static string Name(ItemElement rows, int index, ItemElement column) => string.Create(CultureInfo.InvariantCulture, $"{rows.Path}[{index}].{column.Path}");

    /// <summary>Adds, removes or lifts a row: <c>add:materials</c>, <c>remove:materials:2</c>, <c>up:materials:2</c>. False for any other button.</summary>
    public bool Reshape(string? button)
    {
        var parts = button?.Split(':') ?? [];
        if (parts.Length < 2 || !_rows.TryGetValue(parts[1], out var rows))
            return false;
        var index = parts.Length > 2 && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var given) ? given : -1;
        switch (parts[0])
        {
            case "add":
                rows.Add(new Dictionary<string, string>());
                Touched = (parts[1], rows.Count - 1);
                break;
            case "remove" when index >= 0 && index < rows.Count:
                rows.RemoveAt(index);
                Touched = (parts[1], -1);
                break;
            case "up" when index > 0 && index < rows.Count:
                (rows[index - 1], rows[index]) = (rows[index], rows[index - 1]);
                Touched = (parts[1], index - 1);
                break;
        }

        return true;
    }

    /// <summary>The change of the draft, against the revision that was shown.</summary>
    public ChangeItemDraft Change(Guid draft, int revision) => new()
    {
        DraftId = draft,
        Revision = revision,
        Group = Group.Code,
        Values = _values,
        Rows = _rows.ToDictionary(r => r.Key, r => (IReadOnlyList<IReadOnlyDictionary<string, string>>)r.Value),
    };

    /// <summary>What is typed here and stored otherwise, in words: for who comes second.</summary>
    public IReadOnlyList<ElementChange> Differences(DraftView stored, ItemNames names)
    {
        var theirs = Of(Group, stored);
        return [.. Group.Elements.Select(e => new ElementChange(e.Label, theirs.Words(e, names), Words(e, names))).Where(c => c.Old != c.New)];
    }

    /// <summary>The group and the control that a fault belongs to; null when no form holds it, for example the online form.</summary>
    public static (ElementGroup Group, string Control)? PlaceOf(string field)
    {
        foreach (var group in ItemElements.Groups)
        {
            foreach (var element in group.Elements)
            {
                if (element.Path == field || field.StartsWith(element.Path + "[", StringComparison.Ordinal))
                    return (group, element.Type == ElementType.Rows ? RowControl(element, field) : element.Path);
                if (element.Path.StartsWith(field + ".", StringComparison.Ordinal))
                    return (group, element.Path);
            }
        }

        return null;
    }

    private string Words(ItemElement element, ItemNames names) => element.Type == ElementType.Rows
        ? string.Join('\n', Rows(element).Select(r => string.Join("，", element.Columns.Select(c => names.Words(c, r.GetValueOrDefault(c.Path, ""))).Where(t => t.Length > 0))).Where(t => t.Length > 0))
        : names.Words(element, Value(element)).ReplaceLineEndings("\n").Trim();

    private static string RowControl(ItemElement element, string field)
    {
        if (Cell().Match(field[element.Path.Length..]) is not { Success: true } cell)
            return element.Path;
        var column = element.Columns.FirstOrDefault(c => c.Path == cell.Groups["column"].Value) ?? element.Columns[0];
        return Name(element, int.Parse(cell.Groups["index"].Value, CultureInfo.InvariantCulture), column);
    }

    private static IEnumerable<IReadOnlyDictionary<string, string>> RowsOf(ItemElement element, IFormCollection typed)
    {
        var indexes = typed.Keys.Where(k => k.StartsWith(element.Path + "[", StringComparison.Ordinal)).Select(k => Cell().Match(k[element.Path.Length..]))
            .Where(m => m.Success).Select(m => int.Parse(m.Groups["index"].Value, CultureInfo.InvariantCulture)).Distinct().Order();
        return indexes.Select(i => element.Columns.ToDictionary(c => c.Path, c => Text(typed, Name(element, i, c))));
    }

    /// <summary>Several ticked boxes are several values, one a line.</summary>
    private static string Text(IFormCollection typed, string name) => string.Join('\n', typed[name].Where(v => !string.IsNullOrEmpty(v)));

    [GeneratedRegex(@"^\[(?<index>\d{1,4})\](\.(?<column>[a-z_]+))?")]
    private static partial Regex Cell();
}
