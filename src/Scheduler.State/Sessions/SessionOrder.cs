using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;

namespace Scheduler.State.Sessions;

/// <summary>What a caller of any interface asks for, located.</summary>
public readonly ref struct SessionOrder
{
    /// <summary>Dense index of the viewer's cell.</summary>
    public required int Cell { get; init; }

    /// <summary>Row of the candidate table.</summary>
    public required int Row { get; init; }

    /// <summary>Number of the stream's class, by the classifier of the snapshot that the order goes with.</summary>
    public int Class { get; init; }

    /// <summary>Hash of the stream's name.</summary>
    public required ulong Stream { get; init; }

    /// <summary>Tells the viewer from others: <see cref="Core.Dispatch.ViewerHash.OfNetwork"/> of his address, or his session.</summary>
    public ulong Viewer { get; init; }

    /// <summary>Plays or publishes.</summary>
    public SessionKind Kind { get; init; }

    /// <summary>Protocols, one of which will do; none means any.</summary>
    public StreamProtocols Protocols { get; init; }

    /// <summary>What the caller thinks it will weigh, bit/s; null when it does not say.</summary>
    public long? BitRateBps { get; init; }

    /// <summary>Indexes of nodes that must not be named.</summary>
    public ReadOnlySpan<int> Exclude { get; init; }

    /// <summary>When the session is to be renewed, s; null for the time between two beats.</summary>
    public int? RenewalS { get; init; }

    /// <summary>Candidates wanted, in [1, 8].</summary>
    public required int Want { get; init; }
}
