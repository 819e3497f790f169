using System.Text.Json.Nodes;

namespace GaoXin.Portal.Catalogue.Items;

/// <summary>One element that differs between two contents of an item.</summary>
/// <param name="Element">要素, for example 材料：房屋证明：份数.</param>
/// <param name="Old">Before, in words; empty when there was nothing.</param>
/// <param name="New">After.</param>
public sealed record ElementChange(string Element, string Old, string New);

/// <summary>Compares two contents of an item element by element.</summary>
internal static class ItemDiff
{
    private static readonly Dictionary<string, string> OtherLabels = new()
    {
        ["pages"] = "网上表单",
        ["rule_set"] = "自动审批规则",
        ["handler"] = "处理程序",
        ["result"] = "电子证照",
        ["templates"] = "通知模板",
        ["required_if"] = "需要的条件",
        ["maximum_files"] = "最多文件数",
        ["later_days"] = "补交期限",
        ["check_days"] = "核查期限",
    };

    private static readonly string[] Internal = [OtherLabels["handler"], OtherLabels["templates"], "网上办理深度"];

    /// <summary>All differences in the order of the elements; <paramref name="old"/> null means the item is new.</summary>
    public static IReadOnlyList<ElementChange> Between(ItemDocument? old, ItemDocument @new, ItemNames names)
    {
        var before = old ?? ItemDocument.Empty(@new.Code);
        var changes = new List<ElementChange>();
        foreach (var element in ItemElements.All)
        {
            if (element.Type == ElementType.Rows)
                changes.AddRange(Rows(element, before, @new, names));
            else
                Add(changes, element.Label, names.Words(element, before.Get(element.Path)), names.Words(element, @new.Get(element.Path)));
        }

        changes.AddRange(Others(before, @new));
        return changes;
    }

    /// <summary>For everybody: what is no text of the guide (form, rules, conditions) only says that it changed; what concerns the office alone is left out.</summary>
    public static IReadOnlyList<ElementChange> ForPublic(ItemDocument old, ItemDocument @new, ItemNames names) =>
        [.. Between(old, @new, names).Where(c => !Internal.Contains(c.Element)).Select(c => OtherLabels.Values.Any(l => c.Element == l || c.Element.EndsWith($"：{l}", StringComparison.Ordinal))
            ? c with { Old = "", New = "有改动" } : c)];

    private static IEnumerable<ElementChange> Rows(ItemElement element, ItemDocument before, ItemDocument after, ItemNames names)
    {
        var (old, now) = (Keyed(element, before), Keyed(element, after));
        var changes = new List<ElementChange>();
        foreach (var (key, row) in old.Where(r => !now.ContainsKey(r.Key)))
            changes.Add(new ElementChange($"{element.Label}：{Name(element, row, key, names)}", Line(element, row, names), ""));
        foreach (var (key, row) in now)
        {
            if (!old.TryGetValue(key, out var was))
                changes.Add(new ElementChange($"{element.Label}：{Name(element, row, key, names)}", "", Line(element, row, names)));
            else
                changes.AddRange(Columns(element, Name(element, row, key, names), was, row, names));
        }

        if (changes.Count == 0 && !old.Keys.SequenceEqual(now.Keys))
            changes.Add(new ElementChange($"{element.Label}：顺序", Order(element, old, names), Order(element, now, names)));
        return changes;
    }

    private static List<ElementChange> Columns(ItemElement element, string name, JsonObject was, JsonObject row, ItemNames names)
    {
        var changes = new List<ElementChange>();
        foreach (var column in element.Columns)
            Add(changes, $"{element.Label}：{name}：{column.Label}", names.Words(column, Text(was, column)), names.Words(column, Text(row, column)));
        foreach (var key in was.Select(p => p.Key).Union(row.Select(p => p.Key)).Except(element.Columns.Select(c => c.Path)))
        {
            if (!JsonNode.DeepEquals(was[key], row[key]))
                changes.Add(Other($"{element.Label}：{name}：{OtherLabels.GetValueOrDefault(key, key)}", was[key], row[key]));
        }

        return changes;
    }

    /// <summary>Rows by their first column: a material by its code, a question by its words; twins by their number.</summary>
    private static Dictionary<string, JsonObject> Keyed(ItemElement element, ItemDocument document)
    {
        var rows = new Dictionary<string, JsonObject>();
        foreach (var row in document.RowsAt(element.Path))
        {
            var key = Text(row, element.Columns[0]);
            var twin = key;
            for (var i = 2; rows.ContainsKey(twin); i++)
                twin = $"{key} {i}";
            rows[twin] = row;
        }

        return rows;
    }

    private static IEnumerable<ElementChange> Others(ItemDocument before, ItemDocument after)
    {
        var (old, now) = (before.Others().ToDictionary(), after.Others().ToDictionary());
        foreach (var key in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            if (!JsonNode.DeepEquals(old.GetValueOrDefault(key), now.GetValueOrDefault(key)))
                yield return Other(OtherLabels.GetValueOrDefault(key, key), old.GetValueOrDefault(key), now.GetValueOrDefault(key));
        }
    }

    /// <summary>What only files hold is told by its titles; a change below them is told as one.</summary>
    private static ElementChange Other(string label, JsonNode? old, JsonNode? now) =>
        (Shown(old), Shown(now)) is var (before, after) && before != after ? new ElementChange(label, before, after) : new ElementChange(label, Shown(old), $"{Shown(now)}（里面有改动）");

    private static void Add(List<ElementChange> changes, string label, string old, string @new)
    {
        if (old != @new)
            changes.Add(new ElementChange(label, old, @new));
    }

    private static string Name(ItemElement element, JsonObject row, string key, ItemNames names) =>
        row["title"]?.ToString() ?? (names.Words(element.Columns[0], key) is { Length: > 0 } words ? words : key);

    private static string Line(ItemElement element, JsonObject row, ItemNames names) =>
        string.Join("，", element.Columns.Select(c => names.Words(c, Text(row, c))).Where(t => t.Length > 0));

    private static string Order(ItemElement element, Dictionary<string, JsonObject> rows, ItemNames names) =>
        string.Join("、", rows.Select(r => Name(element, r.Value, r.Key, names)));

    private static string Text(JsonObject row, ItemElement column) =>
        row[column.Path] is JsonArray list ? string.Join('\n', list.Select(n => n?.ToString())) : row[column.Path]?.ToString() ?? "";

    private static string Shown(JsonNode? node) => node switch
    {
        null => "",
        JsonArray list => $"{list.Count} 项：{string.Join('、', list.Select(Title))}",
        JsonObject map => string.Join('，', map.Select(p => p.Value is JsonValue value ? value.ToString() : p.Key)),
        _ => node.ToString(),
    };

    private static string Title(JsonNode? node) => (node as JsonObject)?["title"]?.ToString() ?? (node as JsonObject)?["code"]?.ToString() ?? Shown(node);
}
