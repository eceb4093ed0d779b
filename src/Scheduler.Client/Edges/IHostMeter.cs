namespace Scheduler.Client.Edges;

/// <summary>What a node's machine is asked: the seam for another system than Linux, or for a node that is a container on a larger machine.</summary>
public interface IHostMeter
{
    /// <summary>Measures now. Called once a report, from one thread at a time; what cannot be read is null.</summary>
    HostMeasurement Measure();
}
