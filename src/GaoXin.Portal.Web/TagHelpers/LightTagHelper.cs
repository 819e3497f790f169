using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>How urgent a case is, by shape, colour and words. <code>&lt;gx-light kind="today"&gt;今天 17:00&lt;/gx-light&gt;</code></summary>
[HtmlTargetElement("gx-light")]
public sealed class LightTagHelper : TagHelper
{
    /// <summary>A red triangle.</summary>
    public const string Overdue = "overdue";

    /// <summary>An amber diamond.</summary>
    public const string Today = "today";

    /// <summary>A green circle: there is time.</summary>
    public const string Ok = "ok";

    /// <summary>Grey bars: the clock stands still (等申请人, 期限停着).</summary>
    public const string Waiting = "waiting";

    /// <summary>A tick: nothing is left to do.</summary>
    public const string Ended = "ended";

    /// <summary>One of the kinds above.</summary>
    public string Kind { get; set; } = Ok;

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var children = await output.GetChildContentAsync();
        var (modifier, shape) = Kind switch
        {
            Overdue => ("r", "<path d=\"M7 1l6 11H1z\" fill=\"currentColor\"/>"),
            Today => ("y", "<rect x=\"2\" y=\"2\" width=\"10\" height=\"10\" rx=\"1.5\" fill=\"currentColor\" transform=\"rotate(45 7 7)\"/>"),
            Ok => ("g", "<circle cx=\"7\" cy=\"7\" r=\"5.5\" fill=\"currentColor\"/>"),
            Waiting => ("p", "<path d=\"M3.5 2.5h2.5v9H3.5zM8 2.5h2.5v9H8z\" fill=\"currentColor\"/>"),
            Ended => ("e", "<path d=\"M2 7.5l3.2 3.2L12 3.8\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/>"),
            _ => throw new ArgumentException($"A light cannot be '{Kind}'."),
        };
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"st-light st-light--{modifier}");
        output.Content.AppendHtml($"<svg viewBox=\"0 0 14 14\" aria-hidden=\"true\" focusable=\"false\">{shape}</svg>").AppendHtml(children);
    }
}
