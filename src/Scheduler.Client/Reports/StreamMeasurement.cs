namespace Scheduler.Client.Reports;

/// <summary>The audience of one stream on one node.</summary>
/// <param name="Id">Name of the stream.</param>
/// <param name="Viewers">Viewers there; 0 says that the stream left the node.</param>
/// <param name="EgressBps">What they draw, bit/s.</param>
public readonly record struct StreamMeasurement(string Id, int Viewers, long EgressBps);
