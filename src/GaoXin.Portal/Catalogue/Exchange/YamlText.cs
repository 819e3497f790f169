using GaoXin.Portal.Persistence.Seeds;
using NJsonSchema;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>Writes a definition as the YAML that <see cref="SeedYaml"/> reads back to the same content, keys in the schema's order.</summary>
internal static class YamlText
{
    public static string Write(SeedNode root, JsonSchema schema)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, EmitterSettings.Default.WithMaxSimpleKeyLength(100).WithBestWidth(int.MaxValue));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(emitter, root, schema);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Write(Emitter emitter, SeedNode node, JsonSchema? schema)
    {
        if (node.IsMap)
        {
            var order = schema?.ActualSchema.ActualProperties.Keys.ToList() ?? [];
            emitter.Emit(new MappingStart(null, null, isImplicit: true, MappingStyle.Block));
            foreach (var (key, value) in node.Entries.OrderBy(e => order.IndexOf(e.Key) is var i and >= 0 ? i : int.MaxValue).ThenBy(e => e.Key, StringComparer.Ordinal))
            {
                emitter.Emit(new Scalar(key));
                Write(emitter, value, schema?.ActualSchema.ActualProperties.GetValueOrDefault(key));
            }

            emitter.Emit(new MappingEnd());
        }
        else if (node.IsList)
        {
            emitter.Emit(new SequenceStart(null, null, isImplicit: true, SequenceStyle.Block));
            foreach (var item in node.Items)
                Write(emitter, item, schema?.ActualSchema.Item);
            emitter.Emit(new SequenceEnd());
        }
        else
        {
            emitter.Emit(Scalar(node));
        }
    }

    /// <summary>Text that would read as a number, a flag or nothing is quoted.</summary>
    private static Scalar Scalar(SeedNode node)
    {
        if (node.Value is not string text)
            return new Scalar(node.Text ?? "null");
        var style = text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.DoubleQuoted : SeedYaml.ReadsAsText(text) ? ScalarStyle.Any : ScalarStyle.SingleQuoted;
        return new Scalar(null, null, text, style, isPlainImplicit: true, isQuotedImplicit: true);
    }
}
