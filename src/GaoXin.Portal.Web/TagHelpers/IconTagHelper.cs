using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>An icon beside words; it is hidden from screen readers. <code>&lt;gx-icon name="search" /&gt;</code></summary>
[HtmlTargetElement("gx-icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper : TagHelper
{
    /// <summary>A name of Tabler Icons that is in Icons.cs.</summary>
    public string Name { get; set; } = "";

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var own = output.Attributes["class"]?.Value?.ToString();
        output.TagName = null;
        output.Content.SetHtmlContent(Icons.Svg(Name, own));
    }
}
