namespace Scheduler.Server.Telemetry;

/// <summary>A part of the scheduler whose numbers are told; the only place where each of them gets its name. What is told is read when it is asked for: nothing is counted twice.</summary>
internal interface IMetricSource
{
    /// <summary>Tells the numbers as they are now.</summary>
    /// <param name="sink">Takes them.</param>
    void Write(IMetricSink sink);
}
