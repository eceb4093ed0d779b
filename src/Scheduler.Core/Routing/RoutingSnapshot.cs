using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;

namespace Scheduler.Core.Routing;

/// <summary>
/// Everything a request needs, compiled and immutable, but for <see cref="Load"/> and <see cref="Streams"/>, whose counters are shared by all
/// snapshots. A request reads the published reference once and passes it down.
/// </summary>
public sealed record RoutingSnapshot
{
    /// <summary>Counts the snapshots that this process published, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>Revision of the configuration it was compiled from; 0 before there is one.</summary>
    public required long Revision { get; init; }

    /// <summary>Address to cell.</summary>
    public required CellLocator Locator { get; init; }

    /// <summary>The fleet, with its indexes.</summary>
    public required FleetIndex Fleet { get; init; }

    /// <summary>What each cell should look at.</summary>
    public required CandidateTable Candidates { get; init; }

    /// <summary>Live counters.</summary>
    public required LiveLoad Load { get; init; }

    /// <summary>Where which stream is warm.</summary>
    public required StreamTable Streams { get; init; }

    /// <summary>The rules of scoring.</summary>
    public required DispatchPolicy Policy { get; init; }

    /// <summary>True while most sites fell silent at once: the fault is taken to be ours, and their last states are served from.</summary>
    public required bool Frozen { get; init; }

    /// <summary>Which sites may serve whom.</summary>
    public SiteFences Fences { get; init; } = SiteFences.None;

    /// <summary>Tells the class of a stream, for <see cref="As"/>.</summary>
    public StreamClassifier Classifier { get; init; } = StreamClassifier.None;

    /// <summary>Slot under which sessions of the class that this is the view of are counted: <see cref="ClassTable.Slot"/>.</summary>
    public int Slot { get; init; }

    /// <summary>The snapshot as each class but the first sees it: other candidates, weights and fences, all else shared.</summary>
    internal RoutingSnapshot[] Views { get; init; } = [];

    /// <summary>By site index; entries of indexes without a site are not eligible.</summary>
    internal SiteRoute[] Sites { get; init; } = [];

    /// <summary>By site index: the surcharge of a site that serves viewers; <see cref="SiteRanking.Closed"/> for one that does not.</summary>
    internal float[] PlayingMs { get; init; } = [];

    /// <summary>By site index: the site's side of hashing, from its permanent number, so that every replica and every restart agrees.</summary>
    internal uint[] SiteSeeds { get; init; } = [];

    /// <summary>By node index; entries of indexes without a node are not eligible.</summary>
    internal NodeRoute[] Nodes { get; init; } = [];

    /// <summary>Nodes of each site, end to end.</summary>
    internal NodeSlot[] SiteNodes { get; init; } = [];

    /// <summary>Hash seeds beside <see cref="SiteNodes"/>: a node's side of rendezvous hashing, in one run of memory, with a block more than there are nodes.</summary>
    internal uint[] NodeSeeds { get; init; } = [];

    /// <summary>One over each node's weight in rendezvous hashing, beside <see cref="SiteNodes"/>.</summary>
    internal float[] NodeInverseWeights { get; init; } = [];

    /// <summary>Where a site's nodes begin in <see cref="SiteNodes"/>; one more entry than there are sites.</summary>
    internal int[] SiteStart { get; init; } = [0];

    /// <summary>Dense index of the cell of viewers whose address tells nothing.</summary>
    public int DefaultCell => Locator.DefaultCellIndex;

    /// <summary>The snapshot as a class of streams sees it. Class 0, of the streams that no class claims, sees this one.</summary>
    /// <param name="streamClass">Number of the class, from this snapshot's <see cref="Classifier"/>.</param>
    public RoutingSnapshot As(int streamClass) => streamClass == 0 ? this : Views[streamClass - 1];

    /// <summary>Row of the candidate table for a viewer: his cell's, or that of the sites that his prefix is sent to.</summary>
    /// <param name="located">Where he is.</param>
    public int RowOf(in Located located) => located.SiteList is { } list
        ? Candidates.Cells.Length + (Fences.ProfileOf(located.Cell) * Locator.SiteLists.Length) + list
        : located.Cell;

    /// <summary>What the fast side knows of a site.</summary>
    public SiteRoute Site(int site) => Sites[site];

    /// <summary>What the fast side knows of a node.</summary>
    public NodeRoute Node(int node) => Nodes[node];

    /// <summary>Has what <see cref="NodePicker"/> reads of a site brought near.</summary>
    internal void FetchNodesOf(int site)
    {
        int start = SiteStart[site], count = SiteStart[site + 1] - start;
        MemoryFetch.Begin<uint>(NodeSeeds.AsSpan(start, count));
        MemoryFetch.Begin<float>(NodeInverseWeights.AsSpan(start, count));
        MemoryFetch.Begin<NodeSlot>(SiteNodes.AsSpan(start, count));
    }

    /// <summary>A site's nodes.</summary>
    public ReadOnlySpan<NodeSlot> NodesOf(int site) => SiteNodes.AsSpan(SiteStart[site]..SiteStart[site + 1]);
}
