using Scheduler.Core.Cost;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;

namespace Scheduler.Core.Dispatch;

/// <summary>The rules by which the dispatcher scores and refuses, and by which the slow side tells it what may be named.</summary>
/// <param name="Cost">What load does not change.</param>
/// <param name="Penalty">What load costs.</param>
/// <param name="BoundEpsilon">A node of a site takes a stream by hash while its utilisation stays below (1 + epsilon) times the site's. Default 0.25.</param>
/// <param name="BoundFloor">Utilisation up to which a node always takes its streams. Default 0.05.</param>
/// <param name="SpillRatio">
/// How far beyond capacity the least utilised node may be filled when nothing has room, in [0, 0.05]; 0, the default, refuses instead.
/// </param>
public sealed record DispatchPolicy(SiteCost Cost, LoadPenalty Penalty, double BoundEpsilon, double BoundFloor, double SpillRatio)
{
    /// <summary>Sites whose scores are this close share viewers by their room, ms-equivalents; at least 0. Default 2; 0 always takes the best.</summary>
    public double NearMs { get; init; } = 2;

    /// <summary>Share of decisions that try a near site whose round-trip time nobody has measured, in [0, 1]. Default 0.01; 0 turns exploration off.</summary>
    public double ExploreShare { get; init; } = 0.01;

    /// <summary>What such a trial may cost over the best site, ms-equivalents; at least 0. Default 10.</summary>
    public double ExploreWithinMs { get; init; } = 10;

    /// <summary>Surcharge on the score of a site with nodes whose last report is late, ms-equivalents; at least 0. Default 20.</summary>
    public double SuspectMs { get; init; } = 20;

    /// <summary>When players' failure reports take a node out.</summary>
    public Ejection Ejection { get; init; } = Ejection.Default;

    /// <summary>Share of the sites that were heard beyond which sites that fall silent together are taken to be our own fault, in (0, 1]. Default 0.5.</summary>
    public double FreezeShare { get; init; } = 0.5;

    /// <summary>How full migration may make the sites that take over from a drained one.</summary>
    public ReceiverBounds Receivers { get; init; } = ReceiverBounds.Default;

    /// <summary>The defaults named above.</summary>
    public static DispatchPolicy Default { get; } = new(SiteCost.Default, LoadPenalty.Default, 0.25, 0.05, 0);
}
