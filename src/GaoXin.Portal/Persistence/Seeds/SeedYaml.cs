using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GaoXin.Portal.Persistence.Seeds;

/// <summary>
/// Reads a YAML file into nodes with their lines. Plain scalars follow the YAML 1.2 core schema (true, false, null and
/// numbers; yes and no are text). Anchors and aliases are refused: a definition reads from top to bottom.
/// </summary>
internal sealed class SeedYaml(string file, SeedFaults faults)
{
    /// <summary>Ours go to 8; a text that goes deeper was made to break the reader.</summary>
    private const int Deepest = 40;

    private int _depth;

    /// <summary>The root node, or null with a fault recorded.</summary>
    public static SeedNode? Read(string file, string text, SeedFaults faults)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                faults.Add(file, 1, "The file is empty", "write the definition, or delete the file");
                return null;
            }

            parser.Consume<DocumentStart>();
            return new SeedYaml(file, faults).Node(parser);
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException)
        {
            // The scanner throws InvalidOperationException on some unclosed brackets.
            var line = error is YamlException { Start.Line: > 0 } yaml ? (int)yaml.Start.Line : (int)(parser.Current?.End.Line ?? 1);
            faults.Add(file, line, $"This is not YAML: {error.Message.TrimEnd('.')}", "check the indentation and quote texts that hold \": \" or start with a bracket");
            return null;
        }
    }

    /// <summary>True when the text may stand without quotes and still is text.</summary>
    public static bool ReadsAsText(string text) => Plain(text) is string;

    private SeedNode Node(IParser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
            return new SeedNode(file, Line(scalar), Typed(scalar));
        if (parser.TryConsume<SequenceStart>(out var sequence))
            return new SeedNode(file, Line(sequence), Deeper(sequence, () => Items(parser)));
        if (parser.TryConsume<MappingStart>(out var mapping))
            return new SeedNode(file, Line(mapping), Deeper(mapping, () => Entries(parser)));
        var other = parser.Consume<ParsingEvent>();
        throw new YamlException(other.Start, other.End, "anchors and aliases are not used here");
    }

    private T Deeper<T>(ParsingEvent at, Func<T> read)
    {
        if (++_depth > Deepest)
            throw new YamlException(at.Start, at.End, $"more than {Deepest} blocks stand in each other");
        var inner = read();
        _depth--;
        return inner;
    }

    private List<SeedNode> Items(IParser parser)
    {
        var items = new List<SeedNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(parser));
        return items;
    }

    private Dictionary<string, SeedNode> Entries(IParser parser)
    {
        var map = new Dictionary<string, SeedNode>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            var value = Node(parser);
            if (!map.TryAdd(key.Value, value))
                faults.Add(file, Line(key), $"\"{key.Value}\" is written twice in the same block", "keep one of them");
        }

        return map;
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static object? Typed(Scalar scalar)
    {
        return scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value) : scalar.Value;
    }

    private static object? Plain(string value)
    {
        return value switch
        {
            "" or "~" or "null" => null,
            "true" => true,
            "false" => false,
            var text when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
            var text => text,
        };
    }
}
