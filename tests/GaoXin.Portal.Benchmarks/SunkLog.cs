using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace GaoXin.Portal.Benchmarks;

/// <summary>Formats every line as the console would get it and throws it away: the cost without the noise.</summary>
internal sealed class SunkLog(ITextFormatter formatter) : ILogEventSink
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _nowhere = new(Stream.Null);

    public void Emit(LogEvent logEvent)
    {
        lock (_gate)
            formatter.Format(logEvent, _nowhere);
    }
}
