using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Cases.Forms;

/// <summary>What a person asks for together with the values of a page.</summary>
public enum PageAsk
{
    /// <summary>Save and check the page.</summary>
    Save,

    /// <summary>Save without checking: autosave, “保存并退出”.</summary>
    Keep,

    /// <summary>Save, then add a row to the group named in <c>Target</c>.</summary>
    AddRow,

    /// <summary>Save, then remove the row <c>group/rowId</c> named in <c>Target</c>.</summary>
    RemoveRow,
}

/// <summary>
/// Writes the values of one page into the answers. Only fields of the page are read; locked values stay; a computed value
/// is never typed; malformed text is kept as typed so that nothing is lost. Pure.
/// </summary>
internal static class PageValues
{
    public static (Answers Answers, Dictionary<string, ValueOrigin> Origins) Write(
        FormPage page, Answers answers, IReadOnlyDictionary<string, ValueOrigin> origins, IReadOnlyDictionary<string, string?> typed, DateOnly today, Func<string, bool> mayChange)
    {
        var kept = new Dictionary<string, ValueOrigin>(origins);
        foreach (var use in page.Fields)
        {
            if (use.Element.Type == FieldType.Group)
                answers = WriteRows(use, answers, kept, typed, today, mayChange);
            else
                answers = WriteOne(use, use.Key, answers, kept, typed, today, mayChange);
        }

        return (answers, kept);
    }

    /// <summary>Adds an empty row with the next free id.</summary>
    public static Answers AddRow(FieldUse group, Answers answers)
    {
        var rows = answers.Rows(group.Key);
        if (rows.Count >= group.MaximumRows)
            return answers;
        var next = rows.Select(r => int.TryParse(r.Id.AsSpan(1), out var n) ? n : 0).DefaultIfEmpty(0).Max() + 1;
        return answers.WithRows(group.Key, rows.Append(new AnswerRow($"r{next}")));
    }

    public static Answers RemoveRow(string group, string row, Answers answers) =>
        answers.WithRows(group, answers.Rows(group).Where(r => r.Id != row));

    /// <summary>The values of the page's fields by path, for comparing two windows.</summary>
    public static IReadOnlyDictionary<string, string?> Of(FormPage page, Answers answers) =>
        page.Fields.SelectMany(use => use.Element.Type == FieldType.Group
                ? answers.Rows(use.Key).SelectMany(r => use.Columns.Select(c => ($"{use.Key}/{r.Id}/{c.Key}", r[c.Key])))
                : [(use.Key, answers[use.Key])])
            .ToDictionary(p => p.Item1, p => p.Item2);

    /// <summary>The paths of the page whose values differ.</summary>
    public static IEnumerable<string> Changed(FormPage page, Answers before, Answers after)
    {
        var were = Of(page, before);
        return Of(page, after).Where(v => v.Value != were.GetValueOrDefault(v.Key)).Select(v => v.Key);
    }

    private static Answers WriteRows(
        FieldUse group, Answers answers, Dictionary<string, ValueOrigin> origins, IReadOnlyDictionary<string, string?> typed, DateOnly today, Func<string, bool> mayChange)
    {
        var ids = typed.Keys.Select(k => k.Split('/')).Where(p => p.Length == 3 && p[0] == group.Key && IsRowId(p[1])).Select(p => p[1])
            .Distinct().Where(id => mayChange($"{group.Key}/{id}")).Take(group.MaximumRows + 1).ToHashSet();
        var rows = answers.Rows(group.Key).Select(r => r.Id).Concat(ids.Order(StringComparer.Ordinal)).Distinct();
        foreach (var row in rows.ToList())
        {
            if (answers.Rows(group.Key).All(r => r.Id != row))
                answers = answers.WithRows(group.Key, answers.Rows(group.Key).Append(new AnswerRow(row)));
            answers = group.Columns.Aggregate(answers, (a, c) => WriteOne(c, $"{group.Key}/{row}/{c.Key}", a, origins, typed, today, mayChange));
        }

        return answers;
    }

    private static Answers WriteOne(
        FieldUse use, string path, Answers answers, Dictionary<string, ValueOrigin> origins, IReadOnlyDictionary<string, string?> typed, DateOnly today, Func<string, bool> mayChange)
    {
        if (use.Computed is not null || !typed.TryGetValue(path, out var text) || !mayChange(path))
            return answers;
        var origin = origins.GetValueOrDefault(path);
        if (origin is { Lock: LockLevel.Locked, Disputed: false })
            return answers;
        var (normal, _) = FieldInput.Normalise(use, text is { Length: > MaximumTyped } ? text[..MaximumTyped] : text, today);
        if (normal == answers.At(path))
            return answers;
        if (origin is not null)
            origins[path] = origin with { Changed = true };
        return answers.WithAt(path, normal);
    }

    /// <summary>Longer text is cut before it is kept: far beyond every field's limit, the message still says how long it may be.</summary>
    private const int MaximumTyped = 4000;

    private static bool IsRowId(string id) => id.Length is > 1 and <= 6 && id[0] == 'r' && id.AsSpan(1).ToString().All(char.IsAsciiDigit);
}
