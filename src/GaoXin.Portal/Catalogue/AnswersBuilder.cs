namespace GaoXin.Portal.Catalogue;

/// <summary>Collects answers: one copy for all of them instead of one for each.</summary>
public sealed class AnswersBuilder
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<AnswerRow>> _groups = new(StringComparer.Ordinal);

    /// <summary>Sets one answer; an empty one is none.</summary>
    public void Set(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            _values[key] = value;
    }

    /// <summary>Sets the rows of a group; no rows, no group.</summary>
    public void SetRows(string key, IEnumerable<AnswerRow> rows)
    {
        var list = rows.ToList();
        if (list.Count > 0)
            _groups[key] = list;
    }

    /// <summary>The answers. The builder is not used again.</summary>
    public Answers Build() => new(_values, _groups);
}
