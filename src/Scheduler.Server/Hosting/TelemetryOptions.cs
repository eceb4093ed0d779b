using System.ComponentModel.DataAnnotations;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Where metrics and spans are sent.</summary>
    public OtlpOptions Otlp { get; set; } = new();

    /// <summary>Share of the traces that begin here which are recorded. A caller who sends a trace says himself whether it is.</summary>
    /// <value>0 to 1; default 0.01.</value>
    [Range(0, 1)]
    public double Sample { get; set; } = 0.01;

    /// <summary>What is wrong with the section, beyond ranges.</summary>
    internal IEnumerable<string> Problems() => Otlp.Problems();
}
