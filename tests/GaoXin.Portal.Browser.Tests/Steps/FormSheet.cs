using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Steps;

/// <summary>One page of a form. Everything done by hand on it is noted.</summary>
public sealed partial class FormSheet(Citizen citizen)
{
    private const string Next = "保存，填下一项";
    private readonly HashSet<string> _byHand = [];

    private IPage Page => citizen.Page;

    /// <summary>Types into a field, named by its label; of a row, when one is named.</summary>
    public async Task Types(string label, string value, string? row = null)
    {
        var field = In(row).GetByLabel(label).And(Page.Locator("input, textarea")).First;
        await field.FillAsync(value);
        _byHand.Add(PathOf(await field.GetAttributeAsync("name")));
    }

    /// <summary>Picks an answer of a question.</summary>
    public async Task Picks(string question, string answer, string? row = null)
    {
        var group = In(row).GetByRole(AriaRole.Group, new() { Name = question });
        var choice = group.GetByLabel(answer).First;
        await choice.CheckAsync();
        _byHand.Add(PathOf(await choice.GetAttributeAsync("name")));
    }

    /// <summary>Ticks a box by the words beside it.</summary>
    public async Task Ticks(string words)
    {
        var box = Page.GetByRole(AriaRole.Checkbox, new() { Name = words }).First;
        await box.CheckAsync();
        _byHand.Add(PathOf(await box.GetAttributeAsync("name")));
    }

    /// <summary>Looks up an item of the business scope in plain words and adds it.</summary>
    public async Task AddsToTheScope(string words, string item)
    {
        await Page.GetByLabel("搜经营项目").FillAsync(words);
        await citizen.Presses("搜索");
        await Ticks(item);
        await citizen.Looks();
        await citizen.Presses("加上勾选的");
        await Assertions.Expect(Page.GetByRole(AriaRole.Group, new() { Name = "经营范围" }).GetByRole(AriaRole.Checkbox, new() { Name = item })).ToBeCheckedAsync();
    }

    /// <summary>Counts the fields, saves, and comes to the next page.</summary>
    public async Task Saves()
    {
        await citizen.Looks();
        await Count();
        await Page.NextPage(() => citizen.Presses(Next));
        (await Page.Locator(".gx-errsum").AllInnerTextsAsync()).ShouldBeEmpty();
    }

    private async Task Count()
    {
        var controls = (await Page.EvaluateAsync(Controls))!.Value;
        foreach (var field in controls.EnumerateArray().GroupBy(c => PathOf(c.GetProperty("name").GetString())))
        {
            var notes = string.Concat(field.Select(c => c.GetProperty("note").GetString()));
            if (field.All(c => c.GetProperty("value").GetString()!.Length == 0) || notes.Contains("系统算出来的", StringComparison.Ordinal))
                continue;
            citizen.Effort.Note(field.Key, _byHand.Contains(field.Key) || notes.Length == 0 ? FilingEffort.Kind.ByHand
                : notes.Contains("系统先替您选的", StringComparison.Ordinal) ? FilingEffort.Kind.Proposed : FilingEffort.Kind.Shared);
        }
    }

    private ILocator In(string? row) => row is null ? Page.Locator("main") : Page.GetByRole(AriaRole.Group, new() { Name = row, Exact = true });

    private static string PathOf(string? name) => DayPart().Replace(name ?? "", "");

    [GeneratedRegex(@"\.(year|month|day)$")]
    private static partial Regex DayPart();

    /// <summary>The controls that can be seen: name, value, the note about where the value came from.</summary>
    private const string Controls = """
        () => [...document.querySelectorAll("main form [name]")]
            .filter(c => c.matches("input:not([type=hidden]):not([type=file]):not([type=search]), select, textarea") && c.checkVisibility())
            .map(c => ({
                name: c.name,
                value: c.matches("[type=radio], [type=checkbox]") ? (c.checked ? c.value : "") : c.value,
                note: c.closest(".gx-field")?.querySelector(".gx-source, [id$=-source]")?.textContent.trim() ?? "",
            }))
        """;
}
