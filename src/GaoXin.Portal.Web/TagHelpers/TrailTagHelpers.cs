using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>A page above this one.</summary>
public sealed record Crumb(string Text, string Href);

/// <summary>The way here, without this page. <code>&lt;gx-crumb trail='[new("首页", "/"), new("办事指南", "/services")]' /&gt;</code></summary>
[HtmlTargetElement("gx-crumb", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CrumbTagHelper : TagHelper
{
    /// <summary>The pages above, the highest first.</summary>
    public IReadOnlyList<Crumb> Trail { get; set; } = [];

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "gx-crumb");
        output.Attributes.SetAttribute("aria-label", "当前位置");
        var list = new TagBuilder("ol");
        foreach (var crumb in Trail)
        {
            var link = new TagBuilder("a");
            link.Attributes["href"] = crumb.Href;
            link.InnerHtml.Append(crumb.Text);
            var line = new TagBuilder("li");
            line.InnerHtml.AppendHtml(link);
            list.InnerHtml.AppendHtml(line);
        }

        output.Content.AppendHtml(list);
    }
}

/// <summary>The one way back on a form page. <code>&lt;gx-back href="/apply/1"&gt;返回上一步&lt;/gx-back&gt;</code></summary>
[HtmlTargetElement("gx-back")]
public sealed class BackTagHelper : TagHelper
{
    /// <summary>Where to.</summary>
    public string Href { get; set; } = "/";

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var children = await output.GetChildContentAsync();
        var link = new TagBuilder("a");
        link.AddCssClass("gx-back");
        link.Attributes["href"] = Href;
        link.InnerHtml.AppendHtml(Icons.Svg("arrow-left"));
        if (children.IsEmptyOrWhiteSpace)
            link.InnerHtml.Append("返回上一步");
        else
            link.InnerHtml.AppendHtml(children);
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("aria-label", "返回");
        output.Content.AppendHtml(link);
    }
}
