using System.Text.RegularExpressions;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary>All data elements of the folder, with their nodes.</summary>
internal sealed class DefinedDictionary
{
    private DefinedDictionary(Dictionary<string, SeedNode> nodes)
    {
        Nodes = nodes;
        Elements = nodes.ToDictionary(p => p.Key, p => DictionaryReader.Read(p.Value));
    }

    public IReadOnlyDictionary<string, SeedNode> Nodes { get; }

    public IReadOnlyDictionary<string, DataElement> Elements { get; }

    public static DefinedDictionary Of(SeedSet seeds)
    {
        var nodes = new Dictionary<string, SeedNode>(StringComparer.Ordinal);
        foreach (var node in seeds.Of(DictionarySeeds.KindName).SelectMany(f => f.Root.ListOf("elements")))
            nodes.TryAdd(node.TextOf("key") ?? "", node);
        return new DefinedDictionary(nodes);
    }
}

/// <summary><c>dictionary/*.yaml</c>: checked here, stored inside the services that use it.</summary>
internal sealed class DictionarySeeds : ISeedKind
{
    public const string KindName = "dictionary";

    public string Name => KindName;

    public string Pattern => "dictionary/*.yaml";

    public void Check(SeedSet seeds, SeedFaults faults)
    {
        var first = new Dictionary<string, SeedNode>();
        foreach (var node in seeds.Of(Name).SelectMany(f => f.Root.ListOf("elements")))
        {
            var key = node["key"]!;
            if (!first.TryAdd(key.Text!, key))
                faults.Add(key, $"\"{key.Text}\" is defined twice, first in {first[key.Text!].File}:{first[key.Text!].Line}", "keep one, or use another key");
            Check(node, DictionaryReader.Read(node), faults);
        }
    }

    public Task<int> Store(SeedSet seeds, PortalDbContext db, SeedFaults faults, CancellationToken ct) => Task.FromResult(0);

    private static void Check(SeedNode node, DataElement element, SeedFaults faults)
    {
        var chooses = element.Type is FieldType.SingleChoice or FieldType.MultipleChoice;
        if (chooses && element.Choices.Count == 0)
            faults.Add(node, $"\"{element.Key}\" has no choices", "add choices: with value and label");
        if (!chooses && element.Choices.Count > 0 && element.Type != FieldType.Text)
            faults.Add(node["choices"]!, $"\"{element.Key}\" is not a choice but has choices", "use type: single-choice, or take the choices away");
        foreach (var twice in element.Choices.GroupBy(c => c.Value).Where(g => g.Count() > 1))
            faults.Add(node["choices"]!, $"The choice \"{twice.Key}\" of \"{element.Key}\" is written twice", "keep one of them");
        foreach (var comma in element.Choices.Where(c => c.Value.Contains(',', StringComparison.Ordinal)))
            faults.Add(node["choices"]!, $"The choice \"{comma.Value}\" holds a comma", "use a value without a comma: several answers are kept separated by commas");
        if (Values.Order(Values.Number(element.Minimum), Values.Number(element.Maximum)) > 0 || Values.Order(Values.Day(element.Minimum), Values.Day(element.Maximum)) > 0)
            faults.Add(node["minimum"]!, $"The minimum of \"{element.Key}\" is above its maximum", "swap them");
        CheckPattern(node, element, faults);
    }

    private static void CheckPattern(SeedNode node, DataElement element, SeedFaults faults)
    {
        if (element.Pattern is null)
            return;
        if (element.PatternMessage is null)
            faults.Add(node["pattern"]!, $"\"{element.Key}\" has a pattern but no message", "add pattern_message: what the person should type, with an example");
        try
        {
            _ = new Regex(element.Pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        }
        catch (ArgumentException error)
        {
            faults.Add(node["pattern"]!, $"The pattern of \"{element.Key}\" is not a regular expression: {error.Message}", "mend it, or take it away");
        }
    }
}
