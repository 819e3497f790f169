using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>
/// What every field has: a name (by expression or by text), label, hint, message and source, in the order label, hint,
/// message, control, source. What was typed wins over the model's value.
/// </summary>
public abstract class FormFieldTagHelper : TagHelper
{
    /// <summary>The bound property; or give <see cref="Name"/> and <see cref="Value"/>.</summary>
    public ModelExpression? For { get; set; }

    /// <summary>The control's name when there is no property.</summary>
    public string? Name { get; set; }

    /// <summary>The value when there is no property.</summary>
    public object? Value { get; set; }

    /// <summary>What the field is called.</summary>
    public string Label { get; set; } = "";

    /// <summary>One sentence under the label.</summary>
    public string? Hint { get; set => field = Given(value); }

    /// <summary>Writes （选填） behind the label.</summary>
    public bool Optional { get; set; }

    /// <summary>Makes the label the page's heading: one question, one page.</summary>
    public bool Heading { get; set; }

    /// <summary>Where the value came from: shared, you or ai.</summary>
    public string? Source { get; set => field = Given(value); }

    /// <summary>The sentence of the source, when the usual one is not enough.</summary>
    public string? SourceText { get; set => field = Given(value); }

    /// <summary>The view, for the model state.</summary>
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>An attribute whose expression is null arrives as empty text: not given.</summary>
    private protected static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private protected string FullName => Name ?? ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(
        For?.Name ?? throw new InvalidOperationException("A field needs for or name."));

    private protected string Id => FieldIds.Of(FullName);

    private protected ModelStateEntry? State => ViewContext.ViewData.ModelState.GetValueOrDefault(FullName);

    private protected IReadOnlyList<string> Messages =>
        State?.Errors.Select(e => e.ErrorMessage).Where(m => m.Length > 0).Distinct().ToList() ?? [];

    private protected bool HasError => Messages.Count > 0;

    private protected object? Model => For is null ? Value : For.Model;

    /// <summary>The text in the control: as typed, else the value in its normal form.</summary>
    private protected string Text => State?.AttemptedValue ?? Normal(Model);

    private protected string? DescribedBy(bool source = true)
    {
        var ids = new List<string>();
        if (Hint is not null)
            ids.Add(FieldIds.Hint(Id));
        if (HasError)
            ids.Add(FieldIds.Error(Id));
        if (source && Source is not null)
            ids.Add(FieldIds.Source(Id));
        return ids.Count == 0 ? null : string.Join(' ', ids);
    }

    private protected static string Normal(object? value) => value switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private protected void Wrap(TagHelperOutput output, string tag)
    {
        output.TagName = tag;
        output.TagMode = TagMode.StartTagAndEndTag;
        var own = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", string.Join(' ', new[] { "gx-field", HasError ? "gx-field--error" : null, own }.OfType<string>()));
    }

    private protected void WriteHintAndErrors(TagHelperContent content)
    {
        if (Hint is not null)
            content.AppendHtml(Element("p", "gx-hint", Hint, FieldIds.Hint(Id)));
        if (!HasError)
            return;
        var message = Element("p", "gx-error", null, FieldIds.Error(Id));
        message.InnerHtml.AppendHtml(Icons.Svg("alert-circle"));
        var text = new TagBuilder("span");
        text.InnerHtml.AppendHtml("<span class=\"vh\">错误：</span>").Append(string.Join("；", Messages));
        message.InnerHtml.AppendHtml(text);
        content.AppendHtml(message);
    }

    private protected void WriteSource(TagHelperContent content, TagHelperContent children)
    {
        if (Source is null && children.IsEmptyOrWhiteSpace)
            return;
        var row = Element("div", "gx-fieldrow");
        if (Source is not null)
        {
            var holder = Element("span", null, null, FieldIds.Source(Id));
            holder.InnerHtml.AppendHtml(SourceTagHelper.Badge(Source, SourceText));
            row.InnerHtml.AppendHtml(holder);
        }

        row.InnerHtml.AppendHtml(children);
        content.AppendHtml(row);
    }

    private protected IHtmlContent LabelContent()
    {
        var content = new HtmlContentBuilder().Append(Label);
        if (Optional)
            content.AppendHtml("<span class=\"gx-opt\">（选填）</span>");
        return content;
    }

    private protected static TagBuilder Element(string tag, string? cssClass, string? text = null, string? id = null)
    {
        var element = new TagBuilder(tag);
        if (cssClass is not null)
            element.AddCssClass(cssClass);
        if (id is not null)
            element.Attributes["id"] = id;
        if (text is not null)
            element.InnerHtml.Append(text);
        return element;
    }
}
