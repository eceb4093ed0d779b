using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Dispatch;

/// <summary>What is asked of the dispatcher, in its own terms.</summary>
public readonly ref struct DispatchRequest
{
    /// <summary>Most candidates that can be asked for.</summary>
    public const int MaxWant = 8;

    /// <summary>Dense index of the viewer's cell.</summary>
    public required int Cell { get; init; }

    /// <summary>Row of the candidate table: the cell's, or that of an override.</summary>
    public required int Row { get; init; }

    /// <summary>Number of the stream's class, from the snapshot's <see cref="Routing.RoutingSnapshot.Classifier"/>.</summary>
    public int Class { get; init; }

    /// <summary>Hash of the stream's name.</summary>
    public required ulong Stream { get; init; }

    /// <summary>
    /// A number that belongs to the viewer, from <see cref="ViewerHash"/>: what would be chance is decided by it, so that the same question gets the
    /// same answer.
    /// </summary>
    public uint Viewer { get; init; }

    /// <summary>Weight of the session, kbit/s; over 0.</summary>
    public required long Kbps { get; init; }

    /// <summary>The role that the first node must have: edge to play, ingest to publish.</summary>
    public required NodeRoles Role { get; init; }

    /// <summary>Protocols, one of which the nodes must speak; none means any.</summary>
    public StreamProtocols Protocols { get; init; }

    /// <summary>Families of addresses that the nodes must all have; none means any.</summary>
    public AddressFamilies Families { get; init; }

    /// <summary>Indexes of nodes that must not be named.</summary>
    public ReadOnlySpan<int> Exclude { get; init; }

    /// <summary>By site index: true for a site that must not be named, as when it is to get nothing more by migration. Sites beyond its end may be.</summary>
    public ReadOnlySpan<bool> Avoid { get; init; }

    /// <summary>Index of the node to stay with while it may be named and has room.</summary>
    public int? Stay { get; init; }

    /// <summary>Now, in units of <see cref="StreamTable.WarmEpochS"/> since 1970.</summary>
    public required int WarmEpoch { get; init; }

    /// <summary>Candidates wanted, in [1, <see cref="MaxWant"/>].</summary>
    public required int Want { get; init; }

    /// <summary>True to look only: nothing is taken from any escrow and the stream is not marked warm.</summary>
    public bool LookOnly { get; init; }

    /// <summary>True for a site that must not be named.</summary>
    internal bool Avoids(int site) => (uint)site < (uint)Avoid.Length && Avoid[site];
}
