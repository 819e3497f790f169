using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GaoXin.Portal.Kernel;

/// <summary>The portal's own traces and metrics. Names and ids only: never a person's data.</summary>
public static class PortalTelemetry
{
    /// <summary>The name under which traces and metrics are exported.</summary>
    public const string Name = "GaoXin.Portal";

    /// <summary>Traces.</summary>
    public static readonly ActivitySource Source = new(Name);

    /// <summary>Metrics.</summary>
    public static readonly Meter Meter = new(Name);
}
