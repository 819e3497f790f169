using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>有 2 处要改: every message of the model state with a link to its control. Nothing when all is well.</summary>
[HtmlTargetElement("gx-errsum", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper : TagHelper
{
    private const string HeadingId = "gx-errsum-title";

    /// <summary>The view, for the model state.</summary>
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>The paths in the order of the page, for a page that has more than one field; others keep their order after these.</summary>
    public IReadOnlyList<string>? PageOrder { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var problems = ViewContext.ViewData.ModelState
            .SelectMany(entry => entry.Value!.Errors.Select(error => (entry.Key, error.ErrorMessage)))
            .Where(problem => problem.ErrorMessage.Length > 0)
            .Distinct()
            .OrderBy(problem => Place(problem.Key))
            .ToList();
        if (problems.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "gx-errsum");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("aria-labelledby", HeadingId);
        output.Content.AppendHtml($"<h2 id=\"{HeadingId}\">有 {problems.Count} 处要改</h2>");
        var list = new TagBuilder("ul");
        foreach (var (key, message) in problems)
            list.InnerHtml.AppendHtml(Line(key, message));
        output.Content.AppendHtml(list);
    }

    private int Place(string key)
    {
        for (var i = 0; i < PageOrder?.Count; i++)
        {
            if (PageOrder[i] == key)
                return i;
        }

        return key.Length == 0 ? -1 : int.MaxValue;
    }

    private static TagBuilder Line(string key, string message)
    {
        var line = new TagBuilder("li");
        if (key.Length == 0)
        {
            line.InnerHtml.Append(message);
            return line;
        }

        var link = new TagBuilder("a");
        link.Attributes["href"] = "#" + FieldIds.Of(key);
        link.InnerHtml.Append(message);
        line.InnerHtml.AppendHtml(link);
        return line;
    }
}
