using System.Globalization;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>
/// Answers that a careful person could give: the dictionary's example where there is one, the first or the last choice,
/// days in their order. What is prefilled stays.
/// </summary>
internal sealed record ValidAnswers(DateOnly Today, bool LastChoices)
{
    private const string Street = "410172560";
    private const string Mobile = "13800000000";
    private const string Row = "r1";

    /// <summary>The values of a page as it is shown, hidden fields left out.</summary>
    public Dictionary<string, string?> For(FormPageView page)
    {
        var values = new Dictionary<string, string?>();
        foreach (var field in page.Fields.Where(f => f is { Visible: true, ReadOnly: false }))
        {
            if (field.Use.Element.Type != FieldType.Group)
                values[field.Path] = field.Value ?? One(field.Use);
            else
                Fill(values, field.Use);
        }

        return values;
    }

    private void Fill(Dictionary<string, string?> values, FieldUse group)
    {
        foreach (var column in group.Columns.Where(c => c.Computed is null))
            values[$"{group.Key}/{Row}/{column.Key}"] = One(column);
    }

    private string One(FieldUse use) => use.Element.Type switch
    {
        FieldType.YesNo => LastChoices ? "no" : "yes",
        FieldType.Commitment => "yes",
        FieldType.SingleChoice => (LastChoices ? use.Element.Choices[^1] : use.Element.Choices[0]).Value,
        FieldType.MultipleChoice => string.Join(',', use.Element.Choices.Take(LastChoices ? use.Element.Choices.Count : 1).Select(c => c.Value)),
        FieldType.Date => Day(use).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldType.Division => Street,
        FieldType.Mobile or FieldType.Telephone => Mobile,
        _ => use.Element.Example ?? throw new InvalidOperationException($"{use.Key} has no example to answer with."),
    };

    /// <summary>The end of a period comes after its beginning.</summary>
    private DateOnly Day(FieldUse use) => use.Key.EndsWith("To", StringComparison.OrdinalIgnoreCase) ? Today.AddDays(30) : Today;
}
