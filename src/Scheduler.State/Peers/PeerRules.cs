using Scheduler.Core.Dispatch;

namespace Scheduler.State.Peers;

/// <summary>The times by which replicas judge each other.</summary>
public static class PeerRules
{
    /// <summary>Time between two batches on the channel, ms; an empty one is a ping.</summary>
    public const int BatchMs = 100;

    /// <summary>A peer that says nothing for so long is silent, ms: ten batches.</summary>
    public const long SilentMs = 1_000;

    /// <summary>A peer that neither the channel nor the store has heard for so long is gone, ms.</summary>
    public const long GoneMs = 3_000;

    /// <summary>
    /// A peer that nobody has heard for so long assigns nothing any more, ms: the last lease that a node can have given it has run out, and who was sent by it has arrived.
    /// </summary>
    public const long SpentMs = GrantLedger.HeldMs + Escrow.UnseenMs + 1_000;

    /// <summary>Time for which a peer's word on its demand counts, ms: a beat, by which its viewers have come to another replica if it is gone.</summary>
    public const long DemandMs = 30_000;
}
