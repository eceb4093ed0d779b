namespace Scheduler.Server.Telemetry;

/// <summary>How a metric behaves.</summary>
internal enum MetricKind
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only grows, from zero at the start of the process; its name ends in <c>_total</c>.</summary>
    Counter,

    /// <summary>Durations by how long they were.</summary>
    Histogram,
}
