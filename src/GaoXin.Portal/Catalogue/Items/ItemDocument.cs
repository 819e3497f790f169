using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Items;

/// <summary>
/// An item's content while it is being changed: the tree of a definition file without its version, day and data
/// elements, which belong to a publication. Values go in and out as text, several values one a line.
/// </summary>
internal sealed class ItemDocument
{
    private static readonly string[] Publication = ["version", "effective_from", ServiceReader.Elements];
    public const char Separator = '|';
    private readonly JsonObject _root;

    private ItemDocument(JsonObject root) => _root = root;

    public string Code => Get("code");

    public string Title => Get("title");

    /// <summary>From the stored content of a version or a draft.</summary>
    public static ItemDocument Parse(string json)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        foreach (var key in Publication)
            root.Remove(key);
        return new ItemDocument(root);
    }

    /// <summary>From a file.</summary>
    public static ItemDocument Of(SeedNode root) => Parse(root.ToJson());

    public static ItemDocument Empty(string code) => new(new JsonObject { ["code"] = code });

    public ItemDocument Copy() => new(_root.DeepClone().AsObject());

    /// <summary>Canonical JSON: the same content is the same text.</summary>
    public string ToJson() => ToSeed().ToJson();

    /// <summary>The tree as definitions are read; the place of each node is its path, for example <c>materials[0].title</c>.</summary>
    public SeedNode ToSeed(string prefix = "") => Node(_root, prefix);

    /// <summary>The definition as a file of this version would hold it.</summary>
    /// <param name="version">The version.</param>
    /// <param name="effectiveFrom">Its day.</param>
    /// <param name="prefix">Stands before the paths, to tell one of many documents: <c>code|</c>.</param>
    public SeedNode AsVersion(int version, DateOnly effectiveFrom, string prefix = "")
    {
        var copy = Copy();
        copy._root["version"] = version;
        copy._root["effective_from"] = effectiveFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return copy.ToSeed(prefix);
    }

    /// <summary>The value as text; several values one a line, a flag as <c>true</c> or nothing.</summary>
    public string Get(string path) => Write(Find(path));

    /// <summary>The rows of an element, each with the text of its columns.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(ItemElement element) =>
        [.. RowsAt(element.Path).Select(row => element.Columns.ToDictionary(c => c.Path, c => Write(row[c.Path])))];

    /// <summary>Sets or, when nothing is given, removes a value.</summary>
    public void Set(ItemElement element, string text)
    {
        var (holder, key) = Holder(element.Path);
        Put(holder, key, element, text);
        Prune(element.Path);
    }

    /// <summary>Replaces the rows. What a row holds beyond its columns (a condition of a material) stays with the row of the same first column.</summary>
    public void SetRows(ItemElement element, IEnumerable<IReadOnlyDictionary<string, string>> rows)
    {
        var first = element.Columns[0].Path;
        var before = RowsAt(element.Path).Where(r => r[first] is not null).GroupBy(r => Write(r[first])).ToDictionary(g => g.Key, g => g.First());
        var list = new JsonArray();
        foreach (var values in rows)
        {
            var row = before.GetValueOrDefault(values.GetValueOrDefault(first) ?? "")?.DeepClone().AsObject() ?? [];
            foreach (var column in element.Columns)
                Put(row, column.Path, column, values.GetValueOrDefault(column.Path) ?? "");
            if (row.Count > 0)
                list.Add((JsonNode)row);
        }

        var (holder, key) = Holder(element.Path);
        holder[key] = list;
        if (list.Count == 0)
            holder.Remove(key);
        Prune(element.Path);
    }

    /// <summary>Parts that no element describes, by their key: the online form, rules.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Others()
    {
        var known = ItemElements.All.Select(e => e.Path.Split('.')[0]).Append("code").ToHashSet();
        return _root.Where(p => !known.Contains(p.Key));
    }

    public IEnumerable<JsonObject> RowsAt(string path) => (Find(path) as JsonArray)?.OfType<JsonObject>() ?? [];

    private static SeedNode Node(JsonNode? node, string path) => node switch
    {
        JsonObject map => new SeedNode(path, 0, map.ToDictionary(p => p.Key, p => Node(p.Value, path.Length == 0 || path[^1] == Separator ? path + p.Key : $"{path}.{p.Key}"))),
        JsonArray list => new SeedNode(path, 0, list.Select((n, i) => Node(n, $"{path}[{i}]")).ToList()),
        null => new SeedNode(path, 0, (object?)null),
        _ => new SeedNode(path, 0, node.GetValueKind() switch
        {
            JsonValueKind.Number => decimal.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => (object)node.ToString(),
        }),
    };

    private JsonNode? Find(string path)
    {
        JsonNode? node = _root;
        foreach (var part in path.Split('.'))
            node = (node as JsonObject)?[part];
        return node;
    }

    private (JsonObject Holder, string Key) Holder(string path)
    {
        var parts = path.Split('.');
        var holder = _root;
        foreach (var part in parts[..^1])
            holder = holder[part] as JsonObject ?? Added(holder, part);
        return (holder, parts[^1]);
    }

    private static JsonObject Added(JsonObject holder, string key)
    {
        var added = new JsonObject();
        holder[key] = added;
        return added;
    }

    /// <summary>A browser ends a line with two characters, a file with one: kept is one.</summary>
    private static void Put(JsonObject holder, string key, ItemElement element, string typed)
    {
        var text = typed.ReplaceLineEndings("\n");
        JsonNode? value = element.IsMany ? Many(text) : text.Trim().Length == 0 ? null : element.Type switch
        {
            ElementType.Number when decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            ElementType.Flag => text.Trim() == "true" ? JsonValue.Create(true) : null,
            _ => JsonValue.Create(text.Trim()),
        };
        if (value is null)
            holder.Remove(key);
        else
            holder[key] = value;
    }

    private static JsonArray? Many(string text)
    {
        var lines = text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).ToList();
        return lines.Count == 0 ? null : [.. lines.Select(l => (JsonNode)JsonValue.Create(l))];
    }

    private static string Write(JsonNode? node) => node switch
    {
        null => "",
        JsonArray list => string.Join('\n', list.Select(Write)),
        JsonObject => "",
        _ when node.GetValueKind() == JsonValueKind.True => "true",
        _ when node.GetValueKind() == JsonValueKind.False => "",
        _ => node.ToString(),
    };

    /// <summary>A block without content is no block.</summary>
    private void Prune(string path)
    {
        var block = path.Split('.')[0];
        if (_root[block] is JsonObject { Count: 0 })
            _root.Remove(block);
    }
}
