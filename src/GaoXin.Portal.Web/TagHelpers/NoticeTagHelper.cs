using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>A notice with icon, bar and words. <code>&lt;gx-notice kind="ok"&gt;已保存。&lt;/gx-notice&gt;</code></summary>
[HtmlTargetElement("gx-notice")]
public sealed class NoticeTagHelper : TagHelper
{
    /// <summary>info, ok, warn or bad.</summary>
    public string Kind { get; set; } = "info";

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var children = await output.GetChildContentAsync();
        var (icon, modifier) = Kind switch
        {
            "info" => ("info-circle", ""),
            "ok" => ("circle-check", " gx-notice--ok"),
            "warn" => ("alert-triangle", " gx-notice--warn"),
            "bad" => ("alert-circle", " gx-notice--bad"),
            _ => throw new ArgumentException($"A notice cannot be '{Kind}'."),
        };
        var own = output.Attributes["class"]?.Value?.ToString();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"gx-notice{modifier}{(own is null ? "" : " " + own)}");
        output.Content.AppendHtml(Icons.Svg(icon)).AppendHtml("<div>").AppendHtml(children).AppendHtml("</div>");
    }
}
