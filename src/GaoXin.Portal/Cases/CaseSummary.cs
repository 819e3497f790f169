using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;

namespace GaoXin.Portal.Cases;

/// <summary>A part of the answers as people read them: a page with its visible, answered fields.</summary>
public sealed record SummarySection(string PageId, string Title, IReadOnlyList<SummaryLine> Lines);

/// <summary>One answer.</summary>
/// <param name="Path">The path.</param>
/// <param name="Label">The label; for a row the row's number is in it.</param>
/// <param name="Text">The answer in words, masked when <paramref name="Masked"/>.</param>
/// <param name="Source">The name of the shared source, or null when it was typed.</param>
/// <param name="Masked">Personal data shown in part; staff may read it whole with a reason.</param>
/// <param name="Disputed">The applicant says the shared value is wrong.</param>
/// <param name="Type">The type of the field: pages turn codes of scopes and divisions into words.</param>
/// <param name="ByStaff">A helper or a window typed it for the applicant.</param>
public sealed record SummaryLine(string Path, string Label, string Text, string? Source, bool Masked, bool Disputed, FieldType Type, bool ByStaff = false);

/// <summary>Turns answers into what people read.</summary>
internal static class SummaryOf
{
    /// <summary>The sections; <paramref name="mask"/> hides personal data in part.</summary>
    public static IReadOnlyList<SummarySection> Form(CaseFile file, IReadOnlyDictionary<string, ValueOrigin> origins, bool mask, IReadOnlyDictionary<string, string>? words = null) =>
        [.. file.Form.Pages.Select(p => new SummarySection(p.Id, p.Title, [.. p.Fields.Where(file.Form.Shows).SelectMany(f => Lines(file, f, origins, mask, words))]))
            .Where(s => s.Lines.Count > 0)];

    /// <summary>The answers as lines of a licence: what is personal is marked; numbers, phones and addresses are left out.</summary>
    public static IEnumerable<LicenceFact> Facts(CaseFile file) =>
        file.Form.Pages.SelectMany(p => p.Fields)
            .Where(f => f.Element.Type is not (FieldType.Group or FieldType.Commitment) && f.Element.Sensitivity is Sensitivity.None or Sensitivity.Name && file.Form.Shows(f))
            .Where(f => file.Form.Visible[f.Key] is not null)
            .Select(f => new LicenceFact(f.Label ?? f.Element.Label, InWords(file, f, file.Form.Visible[f.Key]!), f.Element.Sensitivity == Sensitivity.Name))
            .Take(30);

    private static IEnumerable<SummaryLine> Lines(CaseFile file, FieldUse use, IReadOnlyDictionary<string, ValueOrigin> origins, bool mask, IReadOnlyDictionary<string, string>? words)
    {
        if (use.Element.Type != FieldType.Group)
            return One(file, use, use.Key, use.Label ?? use.Element.Label, file.Form.Visible[use.Key], origins, mask, words);
        return file.Form.Visible.Rows(use.Key).SelectMany((row, i) => file.Form.ColumnsOf(use, row).SelectMany(c =>
            One(file, c, $"{use.Key}/{row.Id}/{c.Key}", $"{use.Label ?? use.Element.Label} {i + 1} {c.Label ?? c.Element.Label}", row[c.Key], origins, mask, words)));
    }

    private static IEnumerable<SummaryLine> One(
        CaseFile file, FieldUse use, string path, string label, string? value, IReadOnlyDictionary<string, ValueOrigin> origins, bool mask, IReadOnlyDictionary<string, string>? words)
    {
        if (string.IsNullOrEmpty(value))
            yield break;
        var origin = origins.GetValueOrDefault(path);
        var masked = mask && use.Element.Sensitivity != Sensitivity.None;
        var text = masked ? Mask(use.Element.Sensitivity, value) : words?.GetValueOrDefault(path) ?? InWords(file, use, value);
        if (mask && NamesRow(file, use, value))
            text = Masking.Name(text);
        var source = origin is { Changed: false } && origin.Source != Catalogue.Prefill.Derived ? origin.Title : null;
        yield return new SummaryLine(path, label, text, source, masked, origin?.Disputed ?? false, use.Element.Type, file.Revision.FilledByStaff.Contains(path));
    }

    /// <summary>A choice that is a row of a group says that row's name: as personal as the name itself.</summary>
    private static bool NamesRow(CaseFile file, FieldUse use, string value) =>
        use.ChoicesFrom is { } from && RowChoices.Of(from, file.Service, file.Form.Visible, file.AppliedOn).Any(c => c.Value == value);

    /// <summary>A value in words: choices by label, money with its unit, days in Chinese.</summary>
    public static string InWords(CaseFile file, FieldUse use, string value) => use.Element.Type switch
    {
        FieldType.YesNo => value == "yes" ? "是" : "否",
        FieldType.Commitment => "已确认",
        FieldType.SingleChoice or FieldType.MultipleChoice =>
            string.Join("、", value.Split(',').Select(v => use.Element.Choices.FirstOrDefault(c => c.Value == v)?.Label ?? v)),
        FieldType.Date when DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) => day.ToString("yyyy年M月d日", System.Globalization.CultureInfo.InvariantCulture),
        FieldType.Percentage => $"{value}%",
        _ when use.ChoicesFrom is { } from => RowChoices.Of(from, file.Service, file.Form.Visible, file.AppliedOn).Concat(use.Element.Choices)
            .FirstOrDefault(c => c.Value == value)?.Label ?? (value == ChoicesFrom.Other ? "其他人" : value),
        _ => use.Element.Unit is { } unit ? $"{value} {unit}" : value,
    };

    public static string Mask(Sensitivity sensitivity, string value) => sensitivity switch
    {
        Sensitivity.Name => Masking.Name(value),
        Sensitivity.IdNumber => Masking.IdNumber(value),
        Sensitivity.Phone => Masking.Mobile(value),
        _ => "******",
    };
}
