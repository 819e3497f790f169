using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>
/// A text box, text area, list or file button with everything around it. Children (a link such as 信息有误) stand in the
/// row below the control. Attributes that start with <c>input-</c> go to the control.
/// <code>&lt;gx-field for="Command.Name" label="公司名称" hint="..." input-maxlength="60" /&gt;</code>
/// </summary>
[HtmlTargetElement("gx-field")]
public sealed class FieldTagHelper : FormFieldTagHelper
{
    /// <summary>text, tel, email, password, date, number is not used (write inputmode decimal); textarea, select, file.</summary>
    public string Type { get; set; } = "text";

    /// <summary>Width: s, id, phone; full when left out.</summary>
    public string? Width { get; set => field = Given(value); }

    /// <summary>Words behind the box, for example 平方米.</summary>
    public string? Suffix { get; set => field = Given(value); }

    /// <summary>Shown but not to be changed here.</summary>
    public bool Readonly { get; set; }

    /// <summary>The choices of a list (type select).</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }

    /// <summary>The first, empty line of a list.</summary>
    public string Prompt { get; set; } = "请选择";

    /// <summary>The on-screen keyboard: numeric, decimal, tel.</summary>
    public string? Inputmode { get; set => field = Given(value); }

    /// <summary>What the browser may fill in: name, tel-national, one-time-code, off.</summary>
    public string? Autocomplete { get; set => field = Given(value); }

    /// <summary>Further attributes of the control.</summary>
    [HtmlAttributeName("input-attributes", DictionaryAttributePrefix = "input-")]
    public IDictionary<string, string> InputAttributes { get; set; } = new Dictionary<string, string>();

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var children = await output.GetChildContentAsync();
        Wrap(output, "div");
        var label = Element("label", Heading ? "gx-label gx-legend--xl" : "gx-label");
        label.Attributes["for"] = Id;
        label.InnerHtml.AppendHtml(LabelContent());
        output.Content.AppendHtml(Heading ? Around("h1", label) : label);
        WriteHintAndErrors(output.Content);
        output.Content.AppendHtml(WithSuffix(Control()));
        WriteSource(output.Content, children);
    }

    private TagBuilder Control()
    {
        var control = Type switch
        {
            "textarea" => TextArea(),
            "select" => List(),
            _ => Input(),
        };
        control.Attributes["id"] = Id;
        control.Attributes["name"] = FullName;
        Add(control, "aria-describedby", DescribedBy());
        Add(control, "aria-invalid", HasError ? "true" : null);
        Add(control, "inputmode", Inputmode);
        Add(control, "autocomplete", Autocomplete);
        foreach (var (name, value) in InputAttributes)
            control.Attributes[name] = value;
        return control;
    }

    private TagBuilder Input()
    {
        var input = Element("input", Type == "file" ? null : Width is null ? "gx-input" : $"gx-input gx-input--{Width}");
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes["type"] = Type;
        if (Type is not ("password" or "file"))
            input.Attributes["value"] = Text;
        if (Readonly)
            input.Attributes["readonly"] = "readonly";
        return input;
    }

    private TagBuilder TextArea()
    {
        var area = Element("textarea", "gx-textarea");
        if (Readonly)
            area.Attributes["readonly"] = "readonly";
        // The parser drops the first line break, so one is given away for what was typed.
        area.InnerHtml.AppendHtml("\n").Append(Text);
        return area;
    }

    private TagBuilder List()
    {
        var list = Element("select", "gx-select");
        list.InnerHtml.AppendHtml(Option("", Prompt, Text.Length == 0));
        foreach (var item in Items ?? [])
            list.InnerHtml.AppendHtml(Option(item.Value ?? item.Text, item.Text, Text == (item.Value ?? item.Text), item.Disabled));
        return list;
    }

    private static TagBuilder Option(string value, string text, bool selected, bool disabled = false)
    {
        var option = Element("option", null, text);
        option.Attributes["value"] = value;
        Add(option, "selected", selected ? "selected" : null);
        Add(option, "disabled", disabled ? "disabled" : null);
        return option;
    }

    private IHtmlContent WithSuffix(TagBuilder control)
    {
        if (Type == "file")
            return Around("div", control, "gx-upload");
        if (Suffix is null)
            return control;
        var row = Around("div", control, "gx-affix");
        row.InnerHtml.AppendHtml(Element("span", null, Suffix));
        return row;
    }

    private static TagBuilder Around(string tag, IHtmlContent inner, string? cssClass = null)
    {
        var element = Element(tag, cssClass);
        element.InnerHtml.AppendHtml(inner);
        return element;
    }

    private static void Add(TagBuilder element, string name, string? value)
    {
        if (value is not null)
            element.Attributes[name] = value;
    }
}
