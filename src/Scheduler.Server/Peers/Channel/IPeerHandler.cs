using Scheduler.Protocol.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>Takes in the frames of one type. Frames of one peer come one after the other, those of several at once.</summary>
internal interface IPeerHandler
{
    /// <summary>The type.</summary>
    FrameType Type { get; }

    /// <summary>Takes a frame in; while it does, no further one is read, so that a peer that is faster than we are is slowed down.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="cancellation">The end of the connection.</param>
    /// <returns>False when its payload is not what the type says.</returns>
    ValueTask<bool> HandleAsync(PeerFrame frame, CancellationToken cancellation);
}
