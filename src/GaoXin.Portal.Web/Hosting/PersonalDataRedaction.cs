using System.Globalization;
using System.Text.RegularExpressions;
using GaoXin.Portal.Kernel;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// Finds resident ID numbers (18 characters) and mobile numbers (11 digits) in any text and masks them. The last line
/// of defence: code is not to log them at all, but an exception of a library may quote what a person typed.
/// </summary>
internal static partial class PersonalDataRedaction
{
    // Inside a hexadecimal id (trace, GUID) or after a decimal point, a run of digits is no number of a person.
    private const string Before = @"(?<!\d)(?<!\d\.)(?<!\d[A-Fa-f]{1,8})(?<!-[\dA-Fa-f]{4}-)";
    private const string After = @"(?!\d)(?![A-Fa-f]{1,8}\d)";

    /// <summary>The text with every such number masked; the same instance when there is none.</summary>
    public static string Redact(string text)
    {
        if (text.Length < 11)
            return text;
        var masked = IdNumber().Replace(text, m => Masking.IdNumber(m.Value));
        return Mobile().Replace(masked, m => m.Groups["country"].Value + Masking.Mobile(m.Groups["number"].Value));
    }

    [GeneratedRegex(Before + @"\d{17}[\dXx]" + After)]
    private static partial Regex IdNumber();

    [GeneratedRegex(Before + @"(?<country>(?:\+|00)?86[ -]?)?(?<number>1[3-9]\d[ -]?\d{4}[ -]?\d{4})" + After)]
    private static partial Regex Mobile();
}

/// <summary>
/// Masks personal numbers in the properties of every log event, however deep, and drops the raw path: it may hold a
/// signing link or a verification code. The route template is logged instead.
/// </summary>
internal sealed class PersonalDataEnricher : ILogEventEnricher
{
    private static readonly string[] Dropped = ["RequestPath", "QueryString", "Path"];

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var name in Dropped)
            logEvent.RemovePropertyIfPresent(name);
        foreach (var (name, value) in logEvent.Properties.ToList())
        {
            var masked = Mask(value);
            if (!ReferenceEquals(masked, value))
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, masked));
        }
    }

    private static LogEventPropertyValue Mask(LogEventPropertyValue value) => value switch
    {
        ScalarValue scalar => MaskScalar(scalar),
        SequenceValue sequence => new SequenceValue(sequence.Elements.Select(Mask)),
        StructureValue structure => new StructureValue(
            structure.Properties.Select(p => new LogEventProperty(p.Name, Mask(p.Value))), structure.TypeTag),
        DictionaryValue dictionary => new DictionaryValue(
            dictionary.Elements.Select(e => KeyValuePair.Create(MaskScalar(e.Key), Mask(e.Value)))),
        _ => value,
    };

    private static ScalarValue MaskScalar(ScalarValue scalar)
    {
        if (scalar.Value is null or bool or Guid or DateTime or DateTimeOffset or Enum or double or float)
            return scalar;
        var text = scalar.Value as string ?? Convert.ToString(scalar.Value, CultureInfo.InvariantCulture) ?? "";
        var masked = PersonalDataRedaction.Redact(text);
        return masked == text ? scalar : new ScalarValue(masked);
    }
}

/// <summary>Masks the finished line too: message templates and exception texts are not properties.</summary>
internal sealed class RedactingFormatter(ITextFormatter inner) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        inner.Format(logEvent, line);
        output.Write(PersonalDataRedaction.Redact(line.ToString()));
    }
}
