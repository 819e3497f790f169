using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Shouldly;

namespace GaoXin.Portal.TestKit;

/// <summary>A form on a page: fill fields by what their label says or by name, then press a button.</summary>
public sealed class PageForm
{
    private readonly PageClient _client;
    private readonly PageView _page;
    private readonly IElement _form;
    private readonly List<(string Name, string FileName, string Type, byte[] Content)> _files = [];

    internal PageForm(PageClient client, PageView page, string? selector)
    {
        _client = client;
        _page = page;
        var found = selector is null
            ? page.Document.QuerySelector("main form[method=post]") ?? page.Document.QuerySelector("main form") ?? page.Document.QuerySelector("form")
            : page.Document.QuerySelector(selector);
        _form = found ?? throw new ShouldAssertException($"No form {selector} on {page.Address} ({page.Status}).");
    }

    /// <summary>The names of the controls a person can change.</summary>
    public IReadOnlyList<string> Fields =>
        [.. Controls().Where(c => c is not IHtmlInputElement { Type: "hidden" }).Select(c => c.GetAttribute("name")).OfType<string>().Distinct()];

    /// <summary>What a control holds now.</summary>
    public string Value(string field) => Control(field) switch
    {
        IHtmlInputElement { Type: "radio" or "checkbox" } input => Controls().OfType<IHtmlInputElement>()
            .FirstOrDefault(c => c.Name == input.Name && c.IsChecked)?.Value ?? "",
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        _ => "",
    };

    /// <summary>Types into a text field, or picks the option of a select by value or text.</summary>
    public PageForm Fill(string field, string value)
    {
        switch (Control(field))
        {
            case IHtmlSelectElement select:
                var option = select.Options.FirstOrDefault(o => o.Value == value || PageView.Clean(o.Text) == value);
                option.ShouldNotBeNull($"No option {value} in {field}.");
                select.Value = option.Value;
                break;
            case IHtmlTextAreaElement area:
                area.Value = value;
                break;
            case IHtmlInputElement { Type: "radio" }:
                return Choose(field, value);
            case IHtmlInputElement input:
                input.Value = value;
                break;
        }

        return this;
    }

    /// <summary>Picks a radio button by its value or label.</summary>
    public PageForm Choose(string field, string value)
    {
        var group = Controls().OfType<IHtmlInputElement>().Where(i => i.Type == "radio" && (i.Name == field || LegendOf(i) == field)).ToList();
        var chosen = group.Find(i => i.Value == value || LabelOf(i) == value);
        chosen.ShouldNotBeNull($"No choice {value} in {field}.");
        foreach (var input in group)
            input.IsChecked = input == chosen;
        return this;
    }

    /// <summary>Ticks a box, or clears it.</summary>
    public PageForm Tick(string field, bool on = true)
    {
        Control(field).ShouldBeAssignableTo<IHtmlInputElement>()!.IsChecked = on;
        return this;
    }

    /// <summary>Puts a file into an upload field.</summary>
    public PageForm Attach(string field, string fileName, string type, byte[] content)
    {
        _files.Add((Control(field).GetAttribute("name")!, fileName, type, content));
        return this;
    }

    /// <summary>Presses the button with this text, or the first one, and returns the page that follows.</summary>
    public Task<PageView> Submit(string? button = null)
    {
        var pressed = Button(button);
        var action = pressed?.GetAttribute("formaction") ?? _form.GetAttribute("action");
        var target = new Uri(_page.Address, string.IsNullOrEmpty(action) ? _page.Address.ToString() : action);
        var values = Values(pressed).ToList();
        var method = pressed?.GetAttribute("formmethod") ?? _form.GetAttribute("method") ?? "get";
        if (method.Equals("post", StringComparison.OrdinalIgnoreCase))
            return _client.Follow(() => new HttpRequestMessage(HttpMethod.Post, target) { Content = Content(values) });
        var query = string.Join('&', values.Select(v => $"{Uri.EscapeDataString(v.Key)}={Uri.EscapeDataString(v.Value)}"));
        return _client.Get(new UriBuilder(target) { Query = query }.Uri.ToString());
    }

    internal IElement Control(string field)
    {
        var controls = Controls().ToList();
        var found = controls.Find(c => c.GetAttribute("name") == field) ?? controls.Find(c => LabelOf(c) == field)
            ?? controls.Find(c => LegendOf(c) == field) ?? controls.Find(c => LabelOf(c).StartsWith(field, StringComparison.Ordinal));
        return found ?? throw new ShouldAssertException(
            $"No field \"{field}\" on {_page.Address}. There are: {string.Join(" | ", controls.Where(c => c is not IHtmlInputElement { Type: "hidden" }).Select(c => $"{c.GetAttribute("name")} ({LabelOf(c)})"))}");
    }

    private IEnumerable<IElement> Controls()
    {
        var inside = _form.QuerySelectorAll("input, select, textarea");
        return _form.Id is { Length: > 0 } id ? inside.Concat(_page.Document.QuerySelectorAll($"[form={id}]").Where(e => e.LocalName != "button")) : inside;
    }

    private IElement? Button(string? text)
    {
        var buttons = _form.QuerySelectorAll("button, input[type=submit]").Where(b => b.GetAttribute("type") is null or "submit").ToList();
        if (text is null)
            return buttons.FirstOrDefault();
        var pressed = buttons.Find(b => PageView.Clean(b.TextContent) == text || b.GetAttribute("value") == text)
            ?? buttons.Find(b => PageView.Clean(b.TextContent).StartsWith(text, StringComparison.Ordinal));
        return pressed ?? throw new ShouldAssertException($"No button \"{text}\" on {_page.Address}. There are: {string.Join(" | ", buttons.Select(b => PageView.Clean(b.TextContent)))}");
    }

    private IEnumerable<KeyValuePair<string, string>> Values(IElement? pressed)
    {
        foreach (var control in Controls().Where(c => c.HasAttribute("name") && !c.HasAttribute("disabled") && c.Closest("fieldset[disabled]") is null))
        {
            var name = control.GetAttribute("name")!;
            if (control is IHtmlInputElement { Type: "file" or "submit" or "button" or "image" } or IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false })
                continue;
            if (control is IHtmlSelectElement select)
            {
                foreach (var option in select.Options.Where(o => o.IsSelected))
                    yield return new(name, option.Value);
                continue;
            }

            yield return new(name, control switch
            {
                IHtmlInputElement { Type: "radio" or "checkbox" } input => input.GetAttribute("value") ?? "on",
                IHtmlInputElement input => input.Value,
                _ => ((IHtmlTextAreaElement)control).Value,
            });
        }

        if (pressed?.GetAttribute("name") is { Length: > 0 } button)
            yield return new(button, pressed.GetAttribute("value") ?? "");
    }

    private HttpContent Content(List<KeyValuePair<string, string>> values)
    {
        if (_form.GetAttribute("enctype") != "multipart/form-data")
            return new FormUrlEncodedContent(values);
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in values)
            content.Add(new StringContent(value), name);
        foreach (var file in _files)
        {
            var part = new ByteArrayContent(file.Content);
            part.Headers.ContentType = MediaTypeHeaderValue.Parse(file.Type);
            content.Add(part, file.Name, file.FileName);
        }

        return content;
    }

    private string LabelOf(IElement control)
    {
        var label = control.Id is { Length: > 0 } id ? _page.Document.QuerySelectorAll("label").FirstOrDefault(l => l.GetAttribute("for") == id) : null;
        return PageView.Clean((label ?? control.Closest("label"))?.TextContent ?? control.GetAttribute("aria-label"));
    }

    private static string LegendOf(IElement control) => PageView.Clean(control.Closest("fieldset")?.QuerySelector("legend")?.TextContent);
}
