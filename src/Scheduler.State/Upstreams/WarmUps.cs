using System.Collections.Immutable;

namespace Scheduler.State.Upstreams;

/// <summary>Which node should pull which streams before others pull them from it; immutable.</summary>
/// <param name="ByNode">Hashes of streams by node index.</param>
internal sealed record WarmUps(Dictionary<int, ImmutableArray<ulong>> ByNode)
{
    /// <summary>Nobody is to pull anything ahead.</summary>
    public static WarmUps None { get; } = new([]);

    /// <summary>Streams of a node.</summary>
    public ImmutableArray<ulong> Of(int node) => ByNode.TryGetValue(node, out ImmutableArray<ulong> streams) ? streams : [];
}
