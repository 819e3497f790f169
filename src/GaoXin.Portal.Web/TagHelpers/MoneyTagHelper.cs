using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>An amount of yuan, exact: 800 元, 50 万元, 2.18 亿元. Ten thousand and above counts in 万, a hundred million in 亿.</summary>
[HtmlTargetElement("gx-money", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MoneyTagHelper : TagHelper
{
    private const decimal Wan = 10_000;
    private const decimal Yi = 100_000_000;

    /// <summary>Yuan.</summary>
    public decimal Value { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "nowrap");
        output.Content.SetContent(Format(Value));
    }

    /// <summary>The text, for other views.</summary>
    public static string Format(decimal yuan) => Math.Abs(yuan) switch
    {
        >= Yi => Number(yuan / Yi) + " 亿元",
        >= Wan => Number(yuan / Wan) + " 万元",
        _ => Number(yuan) + " 元",
    };

    private static string Number(decimal value) => value.ToString("#,0.##########", CultureInfo.InvariantCulture);
}
