using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary>Reads data elements, from the dictionary or from a stored version.</summary>
internal static class DictionaryReader
{
    public static DataElement Read(SeedNode node) => new()
    {
        Key = node.TextOf("key") ?? "",
        Type = Names.Value<FieldType>(node.TextOf("type")),
        Label = node.TextOf("label") ?? "",
        Hint = node.TextOf("hint"),
        Example = node.TextOf("example"),
        Unit = node.TextOf("unit"),
        MaximumLength = node.NumberOf("maximum_length"),
        Minimum = node.TextOf("minimum"),
        Maximum = node.TextOf("maximum"),
        Decimals = node.NumberOf("decimals") ?? 0,
        Pattern = node.TextOf("pattern"),
        PatternMessage = node.TextOf("pattern_message"),
        Choices = [.. node.ListOf("choices").Select(c => new Choice(c.TextOf("value") ?? "", c.TextOf("label") ?? "", c.TextOf("hint")))],
        Sensitivity = Names.Value<Sensitivity>(node.TextOf("sensitivity")),
        Autocomplete = node.TextOf("autocomplete"),
    };
}

/// <summary>Names in files: <c>single-choice</c> for <c>SingleChoice</c>.</summary>
internal static class Names
{
    /// <summary>The value; the schema has refused unknown names, none at all is the default.</summary>
    public static T Value<T>(string? name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) ? value : default;
}
