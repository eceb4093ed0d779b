using System.ComponentModel.DataAnnotations;
using Scheduler.Core.Cost;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Policy</c>: what a millisecond is weighed against.</summary>
public sealed class PolicyOptions
{
    /// <summary>Round-trip time beyond which each millisecond counts three times, ms.</summary>
    /// <value>0 to 1,000; default 80.</value>
    [Range(0, 1_000)]
    public double ComfortMs { get; set; } = SiteCost.Default.ComfortMs;

    /// <summary>Milliseconds that one unit of price (Europe = 1) is worth.</summary>
    /// <value>0 to 1,000; default 1.</value>
    [Range(0, 1_000)]
    public double PriceWeight { get; set; } = SiteCost.Default.PriceWeight;

    /// <summary>Prices bandwidth billed by the 95th percentile beyond its commit, or the level billed this month already, and not below.</summary>
    /// <value>Default false: every Mbit/s of a site has its price.</value>
    public bool PriceCommits { get; set; }

    /// <summary>Cost of a site that would have to pull the stream first, ms.</summary>
    /// <value>0 to 1,000; default 4.</value>
    [Range(0, 1_000)]
    public double ColdStreamMs { get; set; } = SiteCost.Default.ColdStreamMs;

    /// <summary>Utilisation from which load begins to hurt.</summary>
    /// <value>0 to 0.99; default 0.7.</value>
    [Range(0, 0.99)]
    public double Knee { get; set; } = LoadPenalty.Default.Knee;

    /// <summary>What a full site costs over one at the knee, ms.</summary>
    /// <value>0 to 10,000; default 100.</value>
    [Range(0, 10_000)]
    public double KneeCostMs { get; set; } = LoadPenalty.Default.KneeCost;

    /// <summary>Sites whose scores are this close share viewers by their room, ms.</summary>
    /// <value>0 to 100; default 2; 0 always takes the best.</value>
    [Range(0, 100)]
    public double NearMs { get; set; } = DispatchPolicy.Default.NearMs;

    /// <summary>Share of decisions that try a near site whose round-trip time nobody has measured.</summary>
    /// <value>0 to 0.1; default 0.01; 0 turns it off.</value>
    [Range(0, 0.1)]
    public double ExploreShare { get; set; } = DispatchPolicy.Default.ExploreShare;

    /// <summary>Whether round-trip times are learnt from what players measure.</summary>
    /// <value>Default true; false trusts the model by distance alone.</value>
    public bool LearnRtts { get; set; } = true;

    /// <summary>How far beyond capacity the least utilised node may be filled when nothing has room.</summary>
    /// <value>0 to 0.05; default 0: such calls are refused with 503.</value>
    [Range(0, 0.05)]
    public double SpillRatio { get; set; }

    /// <summary>The policy that these options make.</summary>
    public DispatchPolicy ToPolicy() => DispatchPolicy.Default with
    {
        Cost = SiteCost.Default with { ComfortMs = ComfortMs, PriceWeight = PriceWeight, ColdStreamMs = ColdStreamMs, PriceCommits = PriceCommits },
        Penalty = LoadPenalty.Default with { Knee = Knee, KneeCost = KneeCostMs },
        SpillRatio = SpillRatio,
        NearMs = NearMs,
        ExploreShare = ExploreShare,
    };
}
