using Scheduler.Client.Reports;
using Scheduler.Core.Capacity;

namespace Scheduler.Client.Edges;

/// <summary>One node's report: its audience by their tickets, and what its machine carries. Obeys what the scheduler answers: a drained site lets in nobody with a spare ticket.</summary>
/// <param name="audience">Who watches.</param>
/// <param name="capacityBps">Egress that the node can carry, bit/s; at least 0. About nine tenths of the link: above that packets wait.</param>
/// <param name="host">Its machine; null where it is not measured.</param>
public sealed class EdgeNodeSource(NodeAudience audience, long capacityBps, IHostMeter? host = null) : IReportSource
{
    private volatile int _state = (int)NodeState.Serving;

    /// <inheritdoc/>
    public int Count => 1;

    /// <summary>What the node wants: <see cref="NodeState.Draining"/> when it is to be stopped, <see cref="NodeState.Down"/> as its last word.</summary>
    public NodeState State
    {
        get => (NodeState)_state;
        set => _state = (int)value;
    }

    /// <summary>Viewers that the node can serve whatever they draw; null for no such limit.</summary>
    public int? MostViewers { get; init; }

    /// <inheritdoc/>
    public NodeMeasurement Measure(int index)
    {
        AudienceMeasurement viewers = audience.Measure();
        HostMeasurement machine = host?.Measure() ?? default;
        return new NodeMeasurement(audience.Node, capacityBps, Math.Max(viewers.EgressBps, machine.EgressBps ?? 0), viewers.Viewers, State)
        {
            Cpu = machine.Cpu,
            Memory = machine.Memory,
            IngressBps = machine.IngressBps,
            ByReplica = viewers.ByReplica,
            Streams = viewers.Streams,
            Limits = MostViewers is { } most ? [new LimitMeasurement("sessions", most, viewers.Viewers)] : [],
        };
    }

    /// <inheritdoc/>
    public void Told(ReportRound round)
    {
        ArgumentNullException.ThrowIfNull(round);
        if (round.SiteStates.TryGetValue(audience.Site, out string? state)) audience.IsDrained = state == "drained";
    }
}
