using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>Where a value came from: shared data, a machine's reading, or the person. <code>&lt;gx-source kind="shared"&gt;已从电子证照共享，免填&lt;/gx-source&gt;</code></summary>
[HtmlTargetElement("gx-source")]
public sealed class SourceTagHelper : TagHelper
{
    /// <summary>shared, you or ai.</summary>
    public string Kind { get; set; } = "shared";

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var children = await output.GetChildContentAsync();
        output.TagName = null;
        output.Content.SetHtmlContent(Badge(Kind, null, children.IsEmptyOrWhiteSpace ? null : children));
    }

    internal static TagBuilder Badge(string kind, string? text, IHtmlContent? content = null)
    {
        var (icon, usual, modifier) = kind switch
        {
            "shared" => ("database-share", "已共享，免填", ""),
            "ai" => ("scan", "识别出来的，请核对", " gx-source--ai"),
            "you" => ("pencil", "您填的", " gx-source--you"),
            _ => throw new ArgumentException($"A source cannot be '{kind}'.", nameof(kind)),
        };
        var badge = new TagBuilder("span");
        badge.Attributes["class"] = "gx-source" + modifier;
        badge.InnerHtml.AppendHtml(Icons.Svg(icon));
        if (content is null)
            badge.InnerHtml.Append(text ?? usual);
        else
            badge.InnerHtml.AppendHtml(content);
        return badge;
    }
}
