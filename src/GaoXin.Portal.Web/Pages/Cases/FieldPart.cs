using System.Text.Json;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Web.TagHelpers;
using Answer = GaoXin.Portal.Web.TagHelpers.Choice;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>Which partial view draws a field.</summary>
public enum FieldControl
{
    /// <summary>Shown, not to be changed here.</summary>
    ReadOnly,

    /// <summary>One line.</summary>
    Line,

    /// <summary>Several lines.</summary>
    Lines,

    /// <summary>Year, month, day.</summary>
    Day,

    /// <summary>Radio buttons.</summary>
    Radios,

    /// <summary>A list.</summary>
    List,

    /// <summary>Boxes to tick.</summary>
    Boxes,

    /// <summary>Business scope.</summary>
    Scope,

    /// <summary>Rows.</summary>
    Group,
}

/// <summary>A field as the form page draws it: which control, which words, when shown.</summary>
/// <param name="Field">The field.</param>
/// <param name="Page">The page it is on.</param>
/// <param name="RowPrefix"><c>group/rowId/</c> for a column, else empty.</param>
public sealed record FieldPart(FieldView Field, FormModel Page, string RowPrefix = "")
{
    private const int MostRadios = 7;
    private const int ShortLabel = 12;
    private const string Yes = "yes";
    private const string No = "no";
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    /// <summary>The type of the element.</summary>
    public FieldType Type => Field.Use.Element.Type;

    /// <summary>The control.</summary>
    public FieldControl Control => Type switch
    {
        FieldType.Group => FieldControl.Group,
        _ when Field.ReadOnly => FieldControl.ReadOnly,
        FieldType.Multiline => FieldControl.Lines,
        FieldType.Date => FieldControl.Day,
        FieldType.MultipleChoice or FieldType.Commitment => FieldControl.Boxes,
        FieldType.BusinessScope => FieldControl.Scope,
        _ => Answers.Count switch { 0 => FieldControl.Line, <= MostRadios => FieldControl.Radios, _ => FieldControl.List },
    };

    /// <summary>The id of the control, where messages lead.</summary>
    public string Id => FieldIds.Of(Field.Path);

    /// <summary>The label; a commitment's own sentence stands beside its box.</summary>
    public string Label => Type == FieldType.Commitment ? "请确认" : Field.Label;

    /// <summary>The hint of this form, else the dictionary's.</summary>
    public string? Hint => Field.Use.Hint ?? (Type == FieldType.Commitment ? null : Field.Use.Element.Hint);

    /// <summary>May stay empty.</summary>
    public bool Optional => !Field.Wanted && Field.Use.RequiredIf is null && !Field.ReadOnly;

    /// <summary>The answers to choose from.</summary>
    public IReadOnlyList<Answer> Answers => field ??= Type switch
    {
        FieldType.YesNo => [new(Yes, "是"), new(No, "否")],
        FieldType.Commitment => [new(Yes, Field.Use.Element.Label, Field.Use.Element.Hint)],
        FieldType.Division => [.. Page.Streets.Select(d => new Answer(d.Code, d.Title))],
        _ => [.. Field.Choices.Select(c => new Answer(c.Value, c.Label, c.Hint))],
    };

    /// <summary>Two columns when all answers are short.</summary>
    public int Columns => Answers.Count > 1 && Answers.All(a => a.Text.Length <= ShortLabel && a.Hint is null) ? 2 : 1;

    /// <summary>Several values at once.</summary>
    public string[] Several => (Field.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The width of the box.</summary>
    public string? Width => Type switch
    {
        FieldType.Mobile or FieldType.Telephone => "phone",
        FieldType.ResidentId or FieldType.CreditCode => "id",
        FieldType.Integer or FieldType.Number or FieldType.Money or FieldType.Percentage or FieldType.Postcode => "s",
        _ => null,
    };

    /// <summary>The on-screen keyboard.</summary>
    public string? Keyboard => Type switch
    {
        FieldType.Integer or FieldType.Postcode => "numeric",
        FieldType.Number or FieldType.Money or FieldType.Percentage => "decimal",
        FieldType.Mobile or FieldType.Telephone => "tel",
        FieldType.Email => "email",
        _ => null,
    };

    /// <summary>The unit behind the box.</summary>
    public string? Unit => Width == "s" ? Field.Use.Element.Unit : null;

    /// <summary>Which note about the origin is shown, if any.</summary>
    public string? Source => Field switch
    {
        { Value: null or "" } => null,
        { Use.Computed: not null } => "ai",
        { ByStaff: true } => "you",
        { Origin: null } => null,
        { Origin: { Changed: true } or { Disputed: true } } => "you",
        { Origin.Source: Prefill.Derived } => "ai",
        _ => "shared",
    };

    /// <summary>The words of the note.</summary>
    public string? SourceText => Field switch
    {
        { Use.Computed: not null } => "系统算出来的，不用填",
        { ByStaff: true } => Page.ForApplicant ? "替申请人填的" : "工作人员替您填的，请核对",
        { Origin.Disputed: true } => "您说原来的内容不对，工作人员会核对",
        { Origin.Changed: true } => "您改过的",
        { Origin.Source: Prefill.Derived } => "系统先替您选的，可以改",
        { Origin: { } origin } => $"来自{origin.Title}，{(Field.ReadOnly ? "免填" : "请核对")}",
        _ => null,
    };

    /// <summary>A locked shared value may be said to be wrong.</summary>
    public bool MayDispute => Field is { ReadOnly: true, Use.Computed: null, Origin: { Lock: LockLevel.Locked, Disputed: false } } && !Page.Form.Correcting && !Page.ForApplicant;

    /// <summary>When the browser shows it: the plain condition, when all it reads is on this page; else the server's answer stands.</summary>
    public string? ShownWhen => Condition(Field.Use.VisibleIf);

    /// <summary>A condition for the browser, or null.</summary>
    public string? Condition(Expression? condition) =>
        condition is null || Page.Form.Correcting || !condition.Reads.All(Page.Has) ? null : JsonSerializer.Serialize(condition.ToPlain(), Plain);

    /// <summary>A column of a row.</summary>
    public FieldPart Column(RowView row, FieldView column) => new(column, Page, $"{Field.Path}/{row.Id}/");

    /// <summary>The value as people read it.</summary>
    public string InWords(string? value) => value switch
    {
        null or "" => "",
        _ when Type == FieldType.BusinessScope => string.Join("；", value.Split(',').Select(c => Page.Chosen.FirstOrDefault(i => i.Code == c)?.Name ?? c)),
        _ when Type == FieldType.Date && DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) => $"{day.Year}年{day.Month}月{day.Day}日",
        _ when Answers.Count > 0 => string.Join("、", value.Split(',').Select(v => Answers.FirstOrDefault(a => a.Value == v)?.Text ?? v)),
        _ => value,
    };
}
