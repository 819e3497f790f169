using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>
/// Reads tables into items. What the tables do not have (a column, a sheet, the online form) stays as it is in force; a
/// sheet that is there replaces the rows of every item of the file.
/// </summary>
internal sealed class TableImport(IReadOnlyDictionary<string, ItemDocument> current, ItemNames names)
{
    /// <summary>As much as the editor's pages take.</summary>
    private const int LongestCell = 4000;

    private readonly ImportedItems _result = new();

    public ImportedItems Read(IReadOnlyList<Table> tables)
    {
        var known = ItemTables.Sheets.Select(ItemTables.SheetOf).Prepend(ItemTables.Main).ToList();
        foreach (var table in tables.Where(t => t.Name != ItemTables.HelpSheet && !known.Contains(t.Name)))
            Fault(table.Name, 1, "", "没有这样的表", $"工作表的名称用：{string.Join("、", known)}");
        if (tables.FirstOrDefault(t => t.Name == ItemTables.Main) is { } main)
            ReadMain(main);
        foreach (var element in ItemTables.Sheets)
        {
            if (tables.FirstOrDefault(t => t.Name == ItemTables.SheetOf(element)) is { } sheet)
                ReadRows(element, sheet);
        }

        return _result;
    }

    private void ReadMain(Table table)
    {
        _result.ListsItems = true;
        if (Columns(table, ItemTables.Cells) is not { } columns)
            return;
        foreach (var row in table.Rows)
        {
            if (CodeOf(table, row) is not { } code)
                continue;
            if (_result.Items.ContainsKey(code))
            {
                Fault(table.Name, row.Number, ItemTables.CodeHeading, $"“{code}”写了两行", "请留一行");
                continue;
            }

            var item = _result.Items[code] = current.TryGetValue(code, out var old) ? old.Copy() : ItemDocument.Empty(code);
            _result.Place(code, "", table.Name, row.Number, "");
            foreach (var (element, index) in columns)
            {
                _result.Place(code, element.Path, table.Name, row.Number, element.Label);
                if (Value(table, row, element, index) is { } value)
                    item.Set(element, value);
            }
        }
    }

    private void ReadRows(ItemElement element, Table table)
    {
        if (Columns(table, element.Columns) is not { } columns)
            return;
        var rows = new Dictionary<string, List<IReadOnlyDictionary<string, string>>>();
        foreach (var row in table.Rows)
        {
            if (CodeOf(table, row) is not { } code)
                continue;
            if (!Add(code))
            {
                Fault(table.Name, row.Number, ItemTables.CodeHeading, $"没有编码是“{code}”的事项", $"请先在“{ItemTables.Main}”表里加一行，或核对编码");
                continue;
            }

            var list = rows.TryGetValue(code, out var of) ? of : rows[code] = [];
            var path = $"{element.Path}[{list.Count}]";
            _result.Place(code, path, table.Name, row.Number, "");
            foreach (var (column, _) in columns)
                _result.Place(code, $"{path}.{column.Path}", table.Name, row.Number, column.Label);
            list.Add(columns.ToDictionary(c => c.Element.Path, c => Value(table, row, c.Element, c.Index) ?? ""));
        }

        foreach (var (code, item) in _result.Items)
            item.SetRows(element, rows.GetValueOrDefault(code) ?? []);
    }

    /// <summary>An item that only a sheet of rows names is one of the catalogue's: its rows change, nothing else.</summary>
    private bool Add(string code)
    {
        if (_result.Items.ContainsKey(code))
            return true;
        if (_result.ListsItems || !current.TryGetValue(code, out var old))
            return false;
        _result.Items[code] = old.Copy();
        return true;
    }

    private List<(ItemElement Element, int Index)>? Columns(Table table, IReadOnlyList<ItemElement> elements)
    {
        var columns = new List<(ItemElement, int)>();
        for (var i = 0; i < table.Headings.Count; i++)
        {
            var heading = table.Headings[i];
            if (heading == ItemTables.CodeHeading || heading.Length == 0)
                continue;
            if (elements.FirstOrDefault(e => e.Label == heading) is { } element)
                columns.Add((element, i));
            else
                Fault(table.Name, 1, heading, "没有这一列", Like(heading, elements.Select(e => e.Label)));
        }

        if (table.Headings.Contains(ItemTables.CodeHeading))
            return columns;
        Fault(table.Name, 1, ItemTables.CodeHeading, "缺少这一列", "第一列写事项编码");
        return null;
    }

    private string? CodeOf(Table table, TableRow row)
    {
        var index = table.Headings.ToList().IndexOf(ItemTables.CodeHeading);
        var code = index < row.Cells.Count ? row.Cells[index] : "";
        if (code.Length == 0)
            Fault(table.Name, row.Number, ItemTables.CodeHeading, "没有写事项编码", "请填写，或删掉这一行");
        return code.Length == 0 ? null : code;
    }

    private string? Value(Table table, TableRow row, ItemElement element, int index)
    {
        var text = index < row.Cells.Count ? row.Cells[index].Replace("\r\n", "\n", StringComparison.Ordinal) : "";
        if (text.Length > LongestCell)
        {
            Fault(table.Name, row.Number, element.Label, $"这一格有 {text.Length} 个字", $"最多 {LongestCell} 个字，请写短一些");
            return null;
        }

        if (names.Value(element, text) is not { } value)
        {
            Fault(table.Name, row.Number, element.Label, $"“{Short(text)}”不在可选的词里", Like(text, names.Known(element)));
            return null;
        }

        if (element.Type != ElementType.Number || value.Length == 0 || int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _))
            return value;
        Fault(table.Name, row.Number, element.Label, $"“{text}”不是整数", "请只写数字");
        return null;
    }

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private static string Like(string word, IEnumerable<string> known)
    {
        var all = known.ToList();
        return Nearest.Of(word, all) is { } best ? $"是不是“{best}”？" : $"请从这些里选：{string.Join("、", all.Take(12))}";
    }

    private void Fault(string sheet, int row, string column, string message, string fix) => _result.Faults.Add(new ImportFault(sheet, row, column, message, fix));
}
