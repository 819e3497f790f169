using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Shouldly;

namespace GaoXin.Portal.TestKit;

/// <summary>A page as it came back, parsed.</summary>
public sealed class PageView
{
    private readonly PageClient _client;

    internal PageView(PageClient client, IHtmlDocument document, HttpStatusCode status, Uri address, string html)
    {
        _client = client;
        Document = document;
        Status = status;
        Address = address;
        Html = html;
    }

    /// <summary>The parsed page.</summary>
    public IHtmlDocument Document { get; }

    /// <summary>The status of the last answer.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Where the redirects ended.</summary>
    public Uri Address { get; }

    /// <summary>The text as sent.</summary>
    public string Html { get; }

    /// <summary>The path where the redirects ended.</summary>
    public string Path => Address.AbsolutePath;

    /// <summary>The first heading.</summary>
    public string Heading => Text("h1");

    /// <summary>What a reader sees of the main part (or of the page), white space collapsed.</summary>
    public string MainText => Clean((Document.QuerySelector("main") ?? Document.Body)?.TextContent);

    /// <summary>The messages of the error summary, or those at the fields when there is no summary.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            var summary = Document.QuerySelectorAll(".gx-errsum li").Select(e => Clean(e.TextContent)).ToList();
            return summary.Count > 0 ? summary : [.. Document.QuerySelectorAll(".gx-error").Select(ErrorText)];
        }
    }

    /// <summary>The message at one field, named by label or name; empty when there is none.</summary>
    public string ErrorOf(string field)
    {
        var control = new PageForm(_client, this, null).Control(field);
        var ids = (control.GetAttribute("aria-describedby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var described = ids.Select(Document.GetElementById).FirstOrDefault(e => e?.ClassList.Contains("gx-error") == true);
        return (described ?? control.Closest(".gx-field")?.QuerySelector(".gx-error")) is { } error ? ErrorText(error) : "";
    }

    /// <summary>The text of the first element, white space collapsed; empty when there is none.</summary>
    public string Text(string selector) => Clean(Document.QuerySelector(selector)?.TextContent);

    /// <summary>The texts of all elements.</summary>
    public IReadOnlyList<string> Texts(string selector) => [.. Document.QuerySelectorAll(selector).Select(e => Clean(e.TextContent))];

    /// <summary>The form; the one in the main part when none is named.</summary>
    public PageForm Form(string? selector = null) => new(_client, this, selector);

    /// <summary>Follows the link with this text, or whose text begins with it.</summary>
    public Task<PageView> Follow(string linkText)
    {
        var links = Document.QuerySelectorAll<IHtmlAnchorElement>("a[href]").ToList();
        var link = links.Find(l => Clean(l.TextContent) == linkText) ?? links.Find(l => Clean(l.TextContent).StartsWith(linkText, StringComparison.Ordinal));
        link.ShouldNotBeNull($"No link \"{linkText}\" on {Address}. There are: {string.Join(" | ", links.Select(l => Clean(l.TextContent)))}");
        return _client.Get(link.Href);
    }

    /// <summary>Fails, with the start of the page, unless the status is this one.</summary>
    public PageView ShouldBe(HttpStatusCode status)
    {
        Status.ShouldBe(status, $"{Address}: {MainText[..Math.Min(400, MainText.Length)]}");
        return this;
    }

    /// <summary>Fails unless the page is fine (200).</summary>
    public PageView ShouldBeOk() => ShouldBe(HttpStatusCode.OK);

    internal static string Clean(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string ErrorText(IElement element)
    {
        var hidden = element.QuerySelector(".vh")?.TextContent ?? "";
        var text = element.TextContent;
        return Clean(hidden.Length == 0 ? text : text.Replace(hidden, "", StringComparison.Ordinal));
    }
}
