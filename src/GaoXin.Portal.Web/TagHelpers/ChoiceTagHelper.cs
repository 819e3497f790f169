using System.Collections;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>One answer of a <c>gx-choice</c>.</summary>
public sealed record Choice(string Value, string Text, string? Hint = null, bool Disabled = false);

/// <summary>
/// Radio buttons, or boxes when <see cref="Multiple"/>, in a fieldset with a legend. Nothing is chosen beforehand.
/// <code>&lt;gx-choice for="Command.Own" label="这个地方是" items='[new("own", "自己的房子"), new("rent", "租来的")]' columns="2" /&gt;</code>
/// </summary>
[HtmlTargetElement("gx-choice")]
public sealed class ChoiceTagHelper : FormFieldTagHelper
{
    /// <summary>The answers.</summary>
    public IReadOnlyList<Choice> Items { get; set; } = [];

    /// <summary>Several answers may be ticked.</summary>
    public bool Multiple { get; set; }

    /// <summary>Two or five columns of the same width on a wide screen.</summary>
    public int Columns { get; set; } = 1;

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var children = await output.GetChildContentAsync();
        Wrap(output, "fieldset");
        if (DescribedBy() is { } described)
            output.Attributes.SetAttribute("aria-describedby", described);
        var legend = Element("legend", Heading ? "gx-legend gx-legend--xl" : "gx-legend");
        if (Heading)
        {
            var heading = new TagBuilder("h1");
            heading.InnerHtml.AppendHtml(LabelContent());
            legend.InnerHtml.AppendHtml(heading);
        }
        else
        {
            legend.InnerHtml.AppendHtml(LabelContent());
        }

        output.Content.AppendHtml(legend);
        WriteHintAndErrors(output.Content);
        var list = Element("div", Columns is 2 or 5 ? $"gx-choice gx-choice--{Columns}" : "gx-choice");
        var chosen = Chosen();
        for (var i = 0; i < Items.Count; i++)
            list.InnerHtml.AppendHtml(Answer(Items[i], i, chosen));
        output.Content.AppendHtml(list);
        WriteSource(output.Content, children);
    }

    /// <summary>The first answer has the field's own id, so that the error summary leads to it.</summary>
    private TagBuilder Answer(Choice choice, int index, IReadOnlySet<string> chosen)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = Multiple ? "checkbox" : "radio";
        input.Attributes["id"] = index == 0 ? Id : $"{Id}-{index + 1}";
        input.Attributes["name"] = FullName;
        input.Attributes["value"] = choice.Value;
        if (chosen.Contains(choice.Value))
            input.Attributes["checked"] = "checked";
        if (choice.Disabled)
            input.Attributes["disabled"] = "disabled";
        if (HasError && Multiple)
            input.Attributes["aria-invalid"] = "true";
        var label = new TagBuilder("label");
        label.InnerHtml.AppendHtml(input).AppendHtml(Element("span", null, choice.Text));
        if (choice.Hint is not null)
            label.InnerHtml.AppendHtml(Element("small", null, choice.Hint));
        return label;
    }

    private HashSet<string> Chosen()
    {
        if (State?.RawValue is { } raw)
            return raw is string one ? [one] : [.. ((IEnumerable)raw).Cast<object?>().Select(Normal)];
        return Model switch
        {
            null => [],
            string text => [text],
            bool flag => flag ? ["true"] : Multiple ? [] : ["false"],
            IEnumerable several => [.. several.Cast<object?>().Select(Normal)],
            var single => [Normal(single)],
        };
    }
}
