namespace Scheduler.Core.Upstreams;

/// <summary>The rules by which parents are chosen; all in ms-equivalents, at least 0.</summary>
/// <param name="ReachMs">Paths that cost at most this more than the cheapest are chosen among by rendezvous, so that siblings meet. Default 10.</param>
/// <param name="ColdMs">What it costs more to go through a relay that would have to pull the stream first, in its region. Default 4, as for viewers.</param>
/// <param name="CrossingMs">
/// What it costs more when the stream has to cross from one region to another once more: to a relay that has not got it, or to a PoP by itself. Default 100: so much of
/// a detour to a relay that has it is worth while.
/// </param>
/// <param name="HoldMs">A parent in place is kept while it costs at most this more than the reach allows. Default 8, as viewers relocate.</param>
public sealed record UpstreamPolicy(double ReachMs, double ColdMs, double CrossingMs, double HoldMs)
{
    /// <summary>10, 4, 100, 8 ms.</summary>
    public static UpstreamPolicy Default { get; } = new(10, 4, 100, 8);
}
