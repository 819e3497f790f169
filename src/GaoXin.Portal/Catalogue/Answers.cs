using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace GaoXin.Portal.Catalogue;

/// <summary>
/// The answers of a form: normalised text by dictionary key, and rows with stable ids for repeating groups.
/// Immutable. Numbers, dates and choices are kept as text in their normal form (12.50, 2026-11-22, yes).
/// </summary>
public sealed class Answers
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private readonly Dictionary<string, string> _values;
    private readonly Dictionary<string, List<AnswerRow>> _groups;

    internal Answers(Dictionary<string, string> values, Dictionary<string, List<AnswerRow>> groups)
    {
        _values = values;
        _groups = groups;
    }

    /// <summary>No answers.</summary>
    public static Answers Empty { get; } = new(new(StringComparer.Ordinal), new(StringComparer.Ordinal));

    /// <summary>The answer, or null when there is none. An empty answer is none.</summary>
    public string? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>All single answers.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>The keys of groups that have rows.</summary>
    public IEnumerable<string> Groups => _groups.Keys;

    /// <summary>The rows of a group, in order; empty when there are none.</summary>
    public IReadOnlyList<AnswerRow> Rows(string group) => _groups.TryGetValue(group, out var rows) ? rows : [];

    /// <summary>A copy with one answer set, or removed by null or empty text.</summary>
    public Answers With(string key, string? value)
    {
        var values = new Dictionary<string, string>(_values, StringComparer.Ordinal);
        if (string.IsNullOrEmpty(value))
            values.Remove(key);
        else
            values[key] = value;
        return new Answers(values, _groups);
    }

    /// <summary>A copy with the rows of one group replaced.</summary>
    public Answers WithRows(string group, IEnumerable<AnswerRow> rows)
    {
        var groups = new Dictionary<string, List<AnswerRow>>(_groups, StringComparer.Ordinal);
        var list = rows.ToList();
        if (list.Count == 0)
            groups.Remove(group);
        else
            groups[group] = list;
        return new Answers(_values, groups);
    }

    /// <summary>A value at a path: a key, or <c>group/rowId/key</c>.</summary>
    public string? At(string path)
    {
        var parts = path.Split('/');
        return parts.Length == 3 ? Rows(parts[0]).FirstOrDefault(r => r.Id == parts[1])?[parts[2]] : this[path];
    }

    /// <summary>A copy with the value at a path set; a row that is not there is added at the end.</summary>
    public Answers WithAt(string path, string? value)
    {
        var parts = path.Split('/');
        if (parts.Length != 3)
            return With(path, value);
        var rows = Rows(parts[0]).ToList();
        var index = rows.FindIndex(r => r.Id == parts[1]);
        if (index < 0)
            rows.Add(new AnswerRow(parts[1]).With(parts[2], value));
        else
            rows[index] = rows[index].With(parts[2], value);
        return WithRows(parts[0], rows);
    }

    /// <summary>Canonical JSON: keys in ordinal order, no white space. Equal answers give equal text.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            foreach (var key in _values.Keys.Concat(_groups.Keys).Order(StringComparer.Ordinal))
            {
                if (_values.TryGetValue(key, out var value))
                    writer.WriteString(key, value);
                else
                    WriteRows(writer, key, _groups[key]);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static Answers Parse(string json)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var groups = new Dictionary<string, List<AnswerRow>>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Array)
                groups[property.Name] = [.. property.Value.EnumerateArray().Select(AnswerRow.Read)];
            else
                values[property.Name] = property.Value.GetString() ?? "";
        }

        return new Answers(values, groups);
    }

    /// <summary>True when both hold the same answers: what <see cref="ToJson"/> would show, without writing it.</summary>
    public bool SameAs(Answers other) =>
        _groups.Count == other._groups.Count && AnswerRow.Same(_values, other._values)
        && _groups.All(g => other._groups.TryGetValue(g.Key, out var rows) && rows.Count == g.Value.Count && g.Value.Zip(rows).All(p => p.First.SameAs(p.Second)));

    /// <summary>SHA-256 of the canonical JSON, lower-case hex: what a signature covers.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));

    private static void WriteRows(Utf8JsonWriter writer, string key, List<AnswerRow> rows)
    {
        writer.WriteStartArray(key);
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString(AnswerRow.IdKey, row.Id);
            foreach (var (column, value) in row.Values.OrderBy(v => v.Key, StringComparer.Ordinal))
                writer.WriteString(column, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

/// <summary>A row of a repeating group, with an id that stays when rows around it come and go.</summary>
public sealed class AnswerRow
{
    internal const string IdKey = "_id";
    private readonly Dictionary<string, string> _values;

    /// <summary>An empty row.</summary>
    public AnswerRow(string id)
        : this(id, new Dictionary<string, string>(StringComparer.Ordinal))
    {
    }

    private AnswerRow(string id, Dictionary<string, string> values)
    {
        Id = id;
        _values = values;
    }

    /// <summary>The stable id, for example <c>r1</c>.</summary>
    public string Id { get; }

    /// <summary>The answer in a column, or null.</summary>
    public string? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>All answers of the row.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>A copy with one answer set or removed.</summary>
    public AnswerRow With(string key, string? value)
    {
        var values = new Dictionary<string, string>(_values, StringComparer.Ordinal);
        if (string.IsNullOrEmpty(value))
            values.Remove(key);
        else
            values[key] = value;
        return new AnswerRow(Id, values);
    }

    /// <summary>A row of these answers; empty ones are none.</summary>
    internal static AnswerRow Of(string id, IEnumerable<(string Key, string? Value)> answers)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in answers.Where(a => !string.IsNullOrEmpty(a.Value)))
            values[key] = value!;
        return new AnswerRow(id, values);
    }

    internal bool SameAs(AnswerRow other) => Id == other.Id && Same(_values, other._values);

    internal static bool Same(Dictionary<string, string> values, Dictionary<string, string> others)
    {
        if (values.Count != others.Count)
            return false;
        foreach (var (key, value) in values)
        {
            if (!others.TryGetValue(key, out var other) || value != other)
                return false;
        }

        return true;
    }

    internal static AnswerRow Read(JsonElement element)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var id = "";
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name == IdKey)
                id = property.Value.GetString() ?? "";
            else
                values[property.Name] = property.Value.GetString() ?? "";
        }

        return new AnswerRow(id, values);
    }
}
