namespace Scheduler.Server.Peers.Channel;

/// <summary>What is derived from the cluster key for a connection. Part of what is proven: append, never renumber.</summary>
internal enum ChannelRole : byte
{
    /// <summary>Proof of the side that connected.</summary>
    CallerProof = 1,

    /// <summary>Proof of the side that was connected to.</summary>
    CalledProof = 2,

    /// <summary>Key of the frames of the side that connected.</summary>
    CallerFrames = 3,

    /// <summary>Key of the frames of the side that was connected to.</summary>
    CalledFrames = 4,
}
