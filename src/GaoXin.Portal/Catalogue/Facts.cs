using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace GaoXin.Portal.Catalogue;

/// <summary>
/// What expressions read. A form's answers are typed by the dictionary: decimals for numbers, bools for yes and no, days,
/// lists for several choices, rows for groups.
/// </summary>
public static class Facts
{
    /// <summary>The key of today's day.</summary>
    public const string Today = "today";

    /// <summary>Inside a row: the row's id.</summary>
    public const string RowId = "row.id";

    private static readonly ConditionalWeakTable<ServiceDefinition, FrozenDictionary<string, FieldUse>> Fields = [];

    /// <summary>The answers of a form, typed.</summary>
    public static IFacts Of(ServiceDefinition service, Answers answers, DateOnly today) => new FormFacts(FieldsOf(service), answers, today);

    /// <summary>One row of a group: its own values first, then the form's.</summary>
    public static IFacts OfRow(ServiceDefinition service, Answers answers, AnswerRow row, DateOnly today) =>
        new RowFacts(FieldsOf(service), row, Of(service, answers, today));

    /// <summary>The facts of a decision: the handler's first, then those of the form.</summary>
    public static IFacts ForRules(IReadOnlyDictionary<string, object?> facts, IFacts form) => new RuleFacts(facts, form);

    /// <summary>The facts of a stored run, to replay it.</summary>
    public static IFacts Recorded(IReadOnlyDictionary<string, string?> facts) =>
        new RuleFacts(facts.ToDictionary(p => p.Key, p => (object?)p.Value), null);

    /// <summary>A computed value in the form answers are kept in (12.50, yes, 2026-11-22), or null.</summary>
    public static string? ToAnswer(object? value) => Values.Text(value) is { Length: > 0 } text ? text : null;

    internal static FrozenDictionary<string, FieldUse> FieldsOf(ServiceDefinition service) =>
        Fields.GetValue(service, s => s.AllFields().ToFrozenDictionary(f => f.Key, StringComparer.Ordinal));

    internal static object? Typed(FieldUse? field, string? value) => value is null ? null : field?.Element.Type switch
    {
        FieldType.Integer or FieldType.Number or FieldType.Money or FieldType.Percentage => Values.Number(value),
        FieldType.YesNo or FieldType.Commitment => Values.Flag(value),
        FieldType.Date => Values.Day(value),
        FieldType.MultipleChoice or FieldType.BusinessScope => value.Split(',', StringSplitOptions.RemoveEmptyEntries),
        _ => value,
    };
}

internal sealed class FormFacts(FrozenDictionary<string, FieldUse> fields, Answers answers, DateOnly today) : IFacts
{
    private readonly Dictionary<string, object?> _read = new(StringComparer.Ordinal);

    /// <summary>Typed once: conditions of many fields read the same few keys.</summary>
    public object? this[string key]
    {
        get
        {
            if (!_read.TryGetValue(key, out var value))
                _read[key] = value = Read(key);
            return value;
        }
    }

    private object? Read(string key)
    {
        if (key == Facts.Today)
            return today;
        var field = fields.GetValueOrDefault(key);
        return field?.Element.Type == FieldType.Group
            ? answers.Rows(key).Select(IFacts (r) => new RowFacts(fields, r, this)).ToList()
            : Facts.Typed(field, answers[key]);
    }
}

internal sealed class RowFacts(FrozenDictionary<string, FieldUse> fields, AnswerRow row, IFacts form) : IFacts
{
    public object? this[string key] => key == Facts.RowId ? row.Id
        : row[key] is { } value ? Facts.Typed(fields.GetValueOrDefault(key), value)
        : form[key];
}

internal sealed class RuleFacts(IReadOnlyDictionary<string, object?> facts, IFacts? form) : IFacts
{
    public object? this[string key] => facts.TryGetValue(key, out var value) ? Values.Normal(value) : form?[key];
}
