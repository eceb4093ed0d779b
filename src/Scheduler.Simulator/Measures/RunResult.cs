using System.Collections.Immutable;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Measures;

/// <summary>What a run came to. Everything but the viewers' counts is of the measured time alone.</summary>
public sealed record RunResult
{
    /// <summary>What was simulated.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Who decided.</summary>
    public required string Policy { get; init; }

    /// <summary>Seed of all chance.</summary>
    public required int Seed { get; init; }

    /// <summary>Viewers who came, those of the beginning included: the sum of the next three.</summary>
    public required long Arrived { get; init; }

    /// <summary>Viewers who left when their time was over.</summary>
    public required long Ended { get; init; }

    /// <summary>Viewers who gave up because nothing could serve them.</summary>
    public required long Lost { get; init; }

    /// <summary>Viewers who were there at the end.</summary>
    public required long Live { get; init; }

    /// <summary>Decisions that were asked for.</summary>
    public required long Decisions { get; init; }

    /// <summary>Decisions that named no node.</summary>
    public required long Refusals { get; init; }

    /// <summary>Those of them while some site had more than a twentieth of its capacity free.</summary>
    public required long RefusalsWithRoom { get; init; }

    /// <summary>Load over capacity of all sites that are alive, meant over the refusals; null when nobody was refused.</summary>
    public required double? UsedAtRefusal { get; init; }

    /// <summary>Viewers admitted beyond what a node could carry.</summary>
    public required long Spills { get; init; }

    /// <summary>Viewers asked to move while they played.</summary>
    public required long Migrations { get; init; }

    /// <summary>Mean cost of what was served, ms-equivalents times Mbit/s.</summary>
    public required double Cost { get; init; }

    /// <summary>Mean lower bound of that cost.</summary>
    public required double LowerBound { get; init; }

    /// <summary>Cost over bound, less one.</summary>
    public double Gap => LowerBound > 0 ? (Cost / LowerBound) - 1 : 0;

    /// <summary>Round-trip times of viewer-seconds.</summary>
    public required RttSummary Rtt { get; init; }

    /// <summary>The same over that of the nearest site.</summary>
    public required RttSummary RttExcess { get; init; }

    /// <summary>Sites times seconds beyond capacity.</summary>
    public required double OverloadSiteSeconds { get; init; }

    /// <summary>Highest utilisation of a site.</summary>
    public required double PeakUtilisation { get; init; }

    /// <summary>What sites were given to send, Gbit.</summary>
    public required double AssignedGbit { get; init; }

    /// <summary>What of it was within their capacity, Gbit.</summary>
    public required double CarriedGbit { get; init; }

    /// <summary>What was beyond, Gbit.</summary>
    public double OverflowGbit => AssignedGbit - CarriedGbit;

    /// <summary>Times that a site began to pull a stream.</summary>
    public required long Pulls { get; init; }

    /// <summary>What sites pulled, Gbit.</summary>
    public required double PulledGbit { get; init; }

    /// <summary>What the traffic would cost.</summary>
    public required BillSummary Bill { get; init; }

    /// <summary>Time from the first fault until cost stayed within 3 % of the bound, s; null when there was no fault or it was not so at the end.</summary>
    public required double? RecoveryS { get; init; }

    /// <summary>What became of each drain, in the order in which they began.</summary>
    public ImmutableArray<DrainResult> Drains { get; init; } = [];

    /// <summary>What went on behind the edge; null where it was not simulated.</summary>
    public BackhaulResult? Backhaul { get; init; }

    /// <summary>The run over time.</summary>
    public required IReadOnlyList<RunSample> Samples { get; init; }

    /// <summary>Share of viewer-seconds by round-trip time.</summary>
    public required IReadOnlyList<(double Ms, double Share)> RttShares { get; init; }

    /// <summary>Every site, in the fleet's order.</summary>
    public required ImmutableArray<SiteResult> Sites { get; init; }
}
