using System.Globalization;
using GaoXin.Portal.Kernel;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace GaoXin.Portal.Web.Hosting;

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
        var masked = PersonalNumbers.Mask(text);
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
        output.Write(PersonalNumbers.Mask(line.ToString()));
    }
}
