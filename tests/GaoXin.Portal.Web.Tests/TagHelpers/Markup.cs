using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.Routing;

namespace GaoXin.Portal.Web.Tests.TagHelpers;

/// <summary>Runs a tag helper by itself and parses what it wrote.</summary>
internal static class Markup
{
    /// <summary>A view with a model state of its own.</summary>
    public static ViewContext View(Action<ModelStateDictionary>? arrange = null)
    {
        var state = new ModelStateDictionary();
        arrange?.Invoke(state);
        var data = new ViewDataDictionary(new EmptyModelMetadataProvider(), state);
        return new ViewContext { ViewData = data, HttpContext = new DefaultHttpContext(), RouteData = new RouteData(), ActionDescriptor = new ActionDescriptor() };
    }

    /// <summary>The property of a command, as an expression in a page would give it.</summary>
    public static ModelExpression For(string name, object? value)
    {
        var metadata = new EmptyModelMetadataProvider();
        return new ModelExpression(name, metadata.GetModelExplorerForType(value?.GetType() ?? typeof(string), value));
    }

    /// <summary>The text that the tag helper writes, with these children inside.</summary>
    public static string Html(this TagHelper helper, string children = "", params (string Name, string Value)[] attributes)
    {
        var given = new TagHelperAttributeList(attributes.Select(a => new TagHelperAttribute(a.Name, a.Value)));
        var context = new TagHelperContext(given, new Dictionary<object, object>(), "test");
        var output = new TagHelperOutput("gx", new TagHelperAttributeList(given), (_, _) =>
        {
            var content = new DefaultTagHelperContent();
            content.AppendHtml(children);
            return Task.FromResult<TagHelperContent>(content);
        });
        helper.ProcessAsync(context, output).GetAwaiter().GetResult();
        using var writer = new StringWriter();
        output.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
        return writer.ToString();
    }

    /// <summary>The element that the tag helper writes.</summary>
    public static IElement Element(this TagHelper helper, string children = "", params (string Name, string Value)[] attributes) =>
        new HtmlParser().ParseDocument(helper.Html(children, attributes)).Body!.FirstElementChild!;

    /// <summary>The elements inside, as tag names in order.</summary>
    public static string Order(this IElement element) => string.Join(' ', element.Children.Select(c => c.LocalName + "." + c.ClassList.FirstOrDefault()));
}
