using System.Collections.Immutable;

namespace Scheduler.State.Upstreams;

/// <summary>What is known of a stream at one moment.</summary>
/// <param name="Stream">Hash of its name.</param>
/// <param name="Viewers">Its viewers.</param>
/// <param name="Arrivals">Where it arrives: its home first, then its backups in the order in which they would take over; empty while nothing arrives.</param>
/// <param name="Audience">Its viewers, node by node, in no order.</param>
public sealed record StreamState(ulong Stream, long Viewers, ImmutableArray<Arrival> Arrivals, ImmutableArray<AudienceAt> Audience)
{
    /// <summary>Where it comes in; null while nothing arrives.</summary>
    public Arrival? Home => Arrivals.IsEmpty ? null : Arrivals[0];
}
