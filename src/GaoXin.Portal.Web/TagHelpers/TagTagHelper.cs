using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>A state in words and a shape, never by colour alone. <code>&lt;gx-tag kind="done"&gt;已填好&lt;/gx-tag&gt;</code></summary>
[HtmlTargetElement("gx-tag")]
public sealed class TagTagHelper : TagHelper
{
    /// <summary>done, doing, wait, bad, grey or brand.</summary>
    public string Kind { get; set; } = "grey";

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var children = await output.GetChildContentAsync();
        output.TagName = "strong";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"gx-tag gx-tag--{Kind}");
        output.Content.AppendHtml(Icons.Svg(Shape(Kind))).AppendHtml(children);
    }

    private static string Shape(string kind) => kind switch
    {
        "done" => "circle-check",
        "doing" => "circle-half-2",
        "wait" => "clock",
        "bad" => "alert-triangle",
        "grey" => "circle-dashed",
        "brand" => "database-share",
        _ => throw new ArgumentException($"A tag cannot be '{kind}'.", nameof(kind)),
    };
}
