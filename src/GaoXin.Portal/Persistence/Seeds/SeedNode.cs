using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Newtonsoft.Json.Linq;

namespace GaoXin.Portal.Persistence.Seeds;

/// <summary>A map, a list or a scalar of a definition file, with the place it was written at.</summary>
internal sealed class SeedNode
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private static readonly List<SeedNode> NoItems = [];
    private readonly Dictionary<string, SeedNode>? _map;
    private readonly List<SeedNode>? _items;

    public SeedNode(string file, int line, object? value) => (File, Line, Value) = (file, line, value);

    public SeedNode(string file, int line, List<SeedNode> items) => (File, Line, _items) = (file, line, items);

    public SeedNode(string file, int line, Dictionary<string, SeedNode> map) => (File, Line, _map) = (file, line, map);

    public string File { get; }

    public int Line { get; }

    /// <summary>A scalar: text, a decimal, a bool or null.</summary>
    public object? Value { get; }

    public bool IsMap => _map is not null;

    public bool IsList => _items is not null;

    public bool IsScalar => _map is null && _items is null;

    public IReadOnlyList<SeedNode> Items => _items ?? NoItems;

    public IEnumerable<KeyValuePair<string, SeedNode>> Entries => _map ?? [];

    /// <summary>The scalar as it would be written; null for maps, lists and null.</summary>
    public string? Text => Value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Value.ToString(),
    };

    public SeedNode? this[string key] => _map?.GetValueOrDefault(key);

    public string? TextOf(string key) => this[key]?.Text;

    public int? NumberOf(string key) => this[key]?.Value is decimal number ? (int)number : null;

    public bool FlagOf(string key, bool otherwise = false) => this[key]?.Value as bool? ?? otherwise;

    public DateOnly? DayOf(string key) =>
        DateOnly.TryParseExact(TextOf(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public IReadOnlyList<SeedNode> ListOf(string key) => this[key]?.Items ?? NoItems;

    public IReadOnlyList<string> TextsOf(string key) => [.. ListOf(key).Select(n => n.Text ?? "")];

    /// <summary>Canonical JSON: keys in ordinal order, no white space.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
            Write(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public JToken ToToken() => IsMap ? new JObject(_map!.Select(p => new JProperty(p.Key, p.Value.ToToken())))
        : IsList ? new JArray(_items!.Select(n => n.ToToken()))
        : Value is decimal number && number == decimal.Truncate(number) ? new JValue((long)number) : new JValue(Value);

    /// <summary>Reads stored content. Such nodes have no place.</summary>
    public static SeedNode FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    public static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static SeedNode Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new SeedNode("", 0, element.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value))),
        JsonValueKind.Array => new SeedNode("", 0, element.EnumerateArray().Select(Read).ToList()),
        JsonValueKind.String => new SeedNode("", 0, (object?)element.GetString()),
        JsonValueKind.Number => new SeedNode("", 0, (object)element.GetDecimal()),
        JsonValueKind.True => new SeedNode("", 0, (object)true),
        JsonValueKind.False => new SeedNode("", 0, (object)false),
        _ => new SeedNode("", 0, (object?)null),
    };

    private void Write(Utf8JsonWriter writer)
    {
        if (_map is not null)
        {
            writer.WriteStartObject();
            foreach (var (key, value) in _map.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(key);
                value.Write(writer);
            }

            writer.WriteEndObject();
        }
        else if (_items is not null)
        {
            writer.WriteStartArray();
            _items.ForEach(n => n.Write(writer));
            writer.WriteEndArray();
        }
        else
        {
            WriteScalar(writer);
        }
    }

    private void WriteScalar(Utf8JsonWriter writer)
    {
        switch (Value)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case decimal number: writer.WriteNumberValue(number); break;
            default: writer.WriteStringValue(Text); break;
        }
    }
}
