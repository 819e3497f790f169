using GaoXin.Portal.Catalogue.Bundles;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary>Builds a service from its file, or from the stored content of a version with its elements beside it.</summary>
internal sealed class ServiceReader(IReadOnlyDictionary<string, DataElement> elements, SeedFaults faults)
{
    /// <summary>Where the elements are kept in stored content.</summary>
    public const string Elements = "elements";

    private readonly ExpressionReader _expressions = new(faults);

    /// <summary>Reads what <see cref="ServiceVersion"/> stores.</summary>
    public static ServiceDefinition FromStored(string content, string hash)
    {
        var root = SeedNode.FromJson(content);
        var elements = root.ListOf(Elements).Select(DictionaryReader.Read).ToDictionary(e => e.Key);
        return new ServiceReader(elements, new SeedFaults()).Read(root, hash);
    }

    public ServiceDefinition Read(SeedNode root, string hash) => new()
    {
        Code = root.TextOf("code") ?? "",
        Version = root.NumberOf("version") ?? 0,
        Hash = hash,
        Title = root.TextOf("title") ?? "",
        Summary = root.TextOf("summary") ?? "",
        EffectiveFrom = root.DayOf("effective_from") ?? default,
        Aliases = root.TextsOf("aliases"),
        Audiences = [.. root.TextsOf("audiences").Select(a => Names.Value<Audience>(a))],
        Department = root.TextOf("department") ?? "",
        Theme = root.TextOf("theme") ?? "",
        LifeEvents = root.TextsOf("life_events"),
        Illustrative = root.FlagOf("illustrative"),
        Nature = ItemReader.Nature(root["nature"]),
        Handler = root.TextOf("handler") ?? ServiceDefinition.Generic,
        RuleSet = root.TextOf("rule_set"),
        GreenChannel = root.FlagOf("green_channel"),
        Clock = ItemReader.Clock(root["clock"]),
        Guide = ItemReader.Guide(root["guide"]),
        Fee = ItemReader.Fee(root["fee"]),
        Materials = [.. root.ListOf("materials").Select(m => ItemReader.Material(m, _expressions))],
        Process = ItemReader.Process(root),
        Results = ItemReader.Results(root),
        Places = ItemReader.Places(root),
        Phones = new ItemPhones(root["phones"]?.TextOf("consult"), root["phones"]?.TextOf("complaint")),
        Remedies = new Remedies(root["remedies"]?.TextOf("review"), root["remedies"]?.TextOf("lawsuit")),
        FormFields = ItemReader.FormFields(root),
        Cancelled = ItemReader.Cancelled(root["cancelled"]),
        Pages = [.. root.ListOf("pages").Select(Page)],
        Party = root.TextOf("party"),
        Bundle = BundleReader.Read(root[BundleComposer.Node], _expressions),
        Result = root["result"] is { IsMap: true } result ? new ServiceResult(result.TextOf("kind") ?? "", result.TextOf("title") ?? "") : null,
        Templates = root["templates"]?.Entries.ToDictionary(e => e.Key, e => e.Value.Text ?? "") ?? [],
    };

    private FormPage Page(SeedNode node) => new()
    {
        Id = node.TextOf("id") ?? "",
        Title = node.TextOf("title") ?? "",
        Lead = node.TextOf("lead"),
        Task = node.TextOf("task") ?? "",
        Group = node.TextOf("group") ?? "",
        VisibleIf = _expressions.Optional(node["visible_if"]),
        Fields = [.. node.ListOf("fields").Select(Field).OfType<FieldUse>()],
        Materials = node.TextsOf("materials"),
    };

    private FieldUse? Field(SeedNode node)
    {
        var key = node["key"]!;
        if (!elements.TryGetValue(key.Text ?? "", out var element))
        {
            faults.Add(key, $"The dictionary has no element \"{key.Text}\"", Nearest.Fix(key.Text ?? "", elements.Keys));
            return null;
        }

        return new FieldUse
        {
            Element = element,
            Required = node.FlagOf("required"),
            RequiredIf = _expressions.Optional(node["required_if"]),
            VisibleIf = _expressions.Optional(node["visible_if"]),
            Computed = _expressions.Optional(node["computed"]),
            Prefill = Prefill(node["prefill"]),
            Label = node.TextOf("label"),
            Hint = node.TextOf("hint"),
            ChoicesFrom = ChoicesFrom(node["choices_from"]),
            Columns = [.. node.ListOf("columns").Select(Field).OfType<FieldUse>()],
            MinimumRows = node["rows"]?.NumberOf("min") ?? 0,
            MaximumRows = node["rows"]?.NumberOf("max") ?? 50,
        };
    }

    private Prefill? Prefill(SeedNode? node) => node is null ? null
        : new Prefill(node.TextOf("source") ?? "", Names.Value<LockLevel>(node.TextOf("lock")))
        {
            From = node.TextOf("from"),
            Value = _expressions.Optional(node["value"]),
        };

    private ChoicesFrom? ChoicesFrom(SeedNode? node) => node is null ? null
        : new ChoicesFrom(node.TextOf("group") ?? "", node.TextOf("label") ?? "", _expressions.Optional(node["where"]));
}
