using GaoXin.Portal.Catalogue.Items;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>Items as tables: one sheet 事项 with a row an item, and one sheet for every element of rows.</summary>
internal static class ItemTables
{
    public const string Main = "事项";
    public const string CodeHeading = "事项编码";
    public const string HelpSheet = "填写说明";

    /// <summary>Elements with one cell an item.</summary>
    public static IReadOnlyList<ItemElement> Cells { get; } = [.. ItemElements.All.Where(e => e.Type != ElementType.Rows)];

    /// <summary>Elements with a sheet of their own.</summary>
    public static IReadOnlyList<ItemElement> Sheets { get; } = [.. ItemElements.All.Where(e => e.Type == ElementType.Rows)];

    /// <summary>The name of an element's sheet: no brackets, they are forbidden in files.</summary>
    public static string SheetOf(ItemElement element) => element.Label.Split('（')[0];

    public static IReadOnlyList<Table> Of(IReadOnlyList<ItemDocument> items, ItemNames names) =>
        [MainTable(items, names), .. Sheets.Select(e => RowsTable(e, items, names))];

    /// <summary>What may be written in which column, for people: an import passes it over.</summary>
    public static Table Help(ItemNames names) => new(HelpSheet, ["表", "列", "必填", "怎么写", "可选的词"],
        [.. Cells.Select(c => (Sheet: Main, Column: c)).Concat(Sheets.SelectMany(s => s.Columns.Select(c => (Sheet: SheetOf(s), Column: c))))
            .Select((line, i) => new TableRow(i + 2, [line.Sheet, line.Column.Label, line.Column.Required ? "是" : "", Manner(line.Column), string.Join("、", names.Known(line.Column))]))]);

    /// <summary>An item with what every item must have, to copy from.</summary>
    public static ItemDocument Example(ItemNames names)
    {
        var item = ItemDocument.Empty("example-item");
        foreach (var element in Cells.Where(e => e.Required))
            item.Set(element, names.Value(element, names.Known(element).FirstOrDefault() ?? "") is { Length: > 0 } first ? first : element.Type == ElementType.Number ? "0" : $"（{element.Label}）");
        return item;
    }

    private static string Manner(ItemElement column) => string.Join(' ', new[]
    {
        column.Hint,
        column.Type switch
        {
            ElementType.Texts => "一行一条，单元格里换行。",
            ElementType.Choices or ElementType.Codes => "几个之间用顿号。",
            ElementType.Number => "只写整数。",
            ElementType.Day => "写成 2026-01-31。",
            _ => null,
        },
    }.Where(t => t is not null));

    private static Table MainTable(IReadOnlyList<ItemDocument> items, ItemNames names) => new(Main, [CodeHeading, .. Cells.Select(e => e.Label)],
        [.. items.Select((item, i) => new TableRow(i + 2, [item.Code, .. Cells.Select(e => names.Words(e, item.Get(e.Path)))]))]);

    private static Table RowsTable(ItemElement element, IReadOnlyList<ItemDocument> items, ItemNames names)
    {
        var rows = items.SelectMany(item => item.Rows(element).Select(row => (item.Code, row)));
        return new Table(SheetOf(element), [CodeHeading, .. element.Columns.Select(c => c.Label)],
            [.. rows.Select((r, i) => new TableRow(i + 2, [r.Code, .. element.Columns.Select(c => names.Words(c, r.row[c.Path]))]))]);
    }
}
