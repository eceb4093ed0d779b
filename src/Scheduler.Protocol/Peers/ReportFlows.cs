using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Scheduler.Core.Capacity;

namespace Scheduler.Protocol.Peers;

/// <summary>What one report says of streams on their way to viewers: what arrives at the node, and what it pulls.</summary>
/// <param name="Node">Permanent number of the node.</param>
/// <param name="Incarnation">Start of the node that reported it.</param>
/// <param name="Sequence">Number of the report that said so.</param>
/// <param name="IngressKbps">What publishers send to the node, kbit/s.</param>
/// <param name="Arrivals">Streams of the report that arrive, or arrive no more.</param>
/// <param name="Pulls">What it pulls.</param>
public readonly record struct ReportFlows(
    int Node, long Incarnation, long Sequence, long IngressKbps, ImmutableArray<StreamArrival> Arrivals, ImmutableArray<ReportedPull> Pulls)
{
    /// <summary>The report with what belongs to it; another report as it is.</summary>
    public NodeReport Into(in NodeReport report)
    {
        if (report.Incarnation != Incarnation || report.Sequence != Sequence) return report;
        StreamLoad[] streams = [.. report.Streams];
        foreach (StreamArrival arrival in Arrivals)
        {
            if (arrival.Place < streams.Length)
                streams[arrival.Place] = streams[arrival.Place] with { IngressKbps = arrival.Kbps, SinceUnixMs = arrival.SinceUnixMs };
        }
        return report with { Streams = ImmutableCollectionsMarshal.AsImmutableArray(streams), IngressKbps = IngressKbps, Pulls = Pulls };
    }
}
