using GaoXin.Portal.Catalogue.Items;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>Items as tables: one sheet 事项 with a row an item, and one sheet for every element of rows.</summary>
internal static class ItemTables
{
    public const string Main = "事项";
    public const string CodeHeading = "事项编码";

    /// <summary>Elements with one cell an item.</summary>
    public static IReadOnlyList<ItemElement> Cells { get; } = [.. ItemElements.All.Where(e => e.Type != ElementType.Rows)];

    /// <summary>Elements with a sheet of their own.</summary>
    public static IReadOnlyList<ItemElement> Sheets { get; } = [.. ItemElements.All.Where(e => e.Type == ElementType.Rows)];

    /// <summary>The name of an element's sheet: no brackets, they are forbidden in files.</summary>
    public static string SheetOf(ItemElement element) => element.Label.Split('（')[0];

    public static IReadOnlyList<Table> Of(IReadOnlyList<ItemDocument> items, ItemNames names) =>
        [MainTable(items, names), .. Sheets.Select(e => RowsTable(e, items, names))];

    private static Table MainTable(IReadOnlyList<ItemDocument> items, ItemNames names) => new(Main, [CodeHeading, .. Cells.Select(e => e.Label)],
        [.. items.Select((item, i) => new TableRow(i + 2, [item.Code, .. Cells.Select(e => names.Words(e, item.Get(e.Path)))]))]);

    private static Table RowsTable(ItemElement element, IReadOnlyList<ItemDocument> items, ItemNames names)
    {
        var rows = items.SelectMany(item => item.Rows(element).Select(row => (item.Code, row)));
        return new Table(SheetOf(element), [CodeHeading, .. element.Columns.Select(c => c.Label)],
            [.. rows.Select((r, i) => new TableRow(i + 2, [r.Code, .. element.Columns.Select(c => names.Words(c, r.row[c.Path]))]))]);
    }
}
