using System.Collections.Immutable;
using Scheduler.Core.Topology;

namespace Scheduler.Simulator.Scenarios;

/// <summary>
/// What is simulated: a fleet, its viewers, and what goes wrong. A scenario and a seed determine a run to the last bit. Times are virtual.
/// </summary>
public sealed record Scenario
{
    /// <summary>Name, as <c>scheduler simulate</c> takes it.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Summary { get; init; }

    /// <summary>Length, s; over 0.</summary>
    public double DurationS { get; init; } = 420;

    /// <summary>From when on it is measured, s; what is before lets the start fade.</summary>
    public double MeasureFromS { get; init; } = 90;

    /// <summary>The fleet; null to generate one of <see cref="Sites"/> and <see cref="Nodes"/> whose capacity lies where its viewers are.</summary>
    public Fleet? Fleet { get; init; }

    /// <summary>Sites of a generated fleet.</summary>
    public int Sites { get; init; } = 500;

    /// <summary>Nodes of a generated fleet.</summary>
    public int Nodes { get; init; } = 2_000;

    /// <summary>Upstream IDCs of each PoP of a generated fleet, in [1, 8]; 3 and more need <see cref="Publishers"/>.</summary>
    public int Upstreams { get; init; } = 2;

    /// <summary>Cells that viewers come from: so many of the most populous of the map.</summary>
    public int Cells { get; init; } = 2_000;

    /// <summary>Mean demand by cell over a day; empty to take the population's.</summary>
    public ImmutableArray<CellDemand> Demand { get; init; } = [];

    /// <summary>
    /// Demand over capacity of a generated fleet where it is the hour of the highest demand, in (0, 2]: how tight it is there. Elsewhere there is room.
    /// </summary>
    public double Pressure { get; init; } = 0.9;

    /// <summary>Sessions that are live: at the hour of the start, or, where the day goes on, in its mean.</summary>
    public int Sessions { get; init; } = 300_000;

    /// <summary>What each weighs, kbit/s. At 60,000 one session stands for twenty viewers of 3 Mbit/s.</summary>
    public int SessionKbps { get; init; } = 60_000;

    /// <summary>Mean length of a session, s.</summary>
    public double SessionS { get; init; } = 600;

    /// <summary>Sigma of the logarithm of a session's length; 0 for sessions that are all alike.</summary>
    public double SessionSigma { get; init; } = 1;

    /// <summary>
    /// True to simulate what is behind the edge as well: a publisher for each stream, nodes that pull each stream they serve, relays, links with a capacity.
    /// </summary>
    public bool Publishers { get; init; }

    /// <summary>Bit rate of a stream as it is published and pulled, kbit/s.</summary>
    public int StreamKbps { get; init; } = 3_000;

    /// <summary>How full a link of a generated fleet would be, in (0, 2], if it alone carried what its PoP pulls.</summary>
    public double LinkPressure { get; init; } = 0.7;

    /// <summary>Who tells from where to pull.</summary>
    public ParentRule Parents { get; init; }

    /// <summary>Streams there are.</summary>
    public int Streams { get; init; } = 20_000;

    /// <summary>Exponent of the streams' popularity (Zipf); at least 0.</summary>
    public double Zipf { get; init; } = 1;

    /// <summary>Hour of the day, UTC, at which the run begins, in [0, 24). Each cell asks for what it asks for at that hour where it lies.</summary>
    public double StartHour { get; init; } = 12;

    /// <summary>True when the day goes on; false to stay at the hour at which the run began.</summary>
    public bool Diurnal { get; init; }

    /// <summary>Replicas that decide, in [1, 16].</summary>
    public int Replicas { get; init; } = 4;

    /// <summary>Which replica a viewer reaches.</summary>
    public Routing Routing { get; init; }

    /// <summary>Time between two reports of a node, s.</summary>
    public double ReportS { get; init; } = 1;

    /// <summary>kappa of the product, ms-equivalents: what it charges a site that must pull the stream first.</summary>
    public double ColdStreamMs { get; init; } = 4;

    /// <summary>Within how much of the best the product lets sites share viewers by their room, ms-equivalents; 0 for not at all.</summary>
    public double NearMs { get; init; } = 2;

    /// <summary>True when the product knows the round-trip times from the start; false when it begins with the model by distance and learns from players.</summary>
    public bool KnowsRtts { get; init; } = true;

    /// <summary>Share of viewers who tell absurd round-trip times, in [0, 1].</summary>
    public double Liars { get; init; }

    /// <summary>Who decides when nobody says otherwise, by the names of <see cref="Policies.PolicyNames"/>; at least one.</summary>
    public ImmutableArray<string> Policies { get; init; } = [Simulator.Policies.PolicyNames.Scheduler];

    /// <summary>What goes wrong, in any order.</summary>
    public ImmutableArray<Fault> Faults { get; init; } = [];
}
