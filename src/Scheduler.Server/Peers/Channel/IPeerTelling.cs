namespace Scheduler.Server.Peers.Channel;

/// <summary>A topic as it is told over one connection: it remembers what the peer knows. Disposed of with the connection.</summary>
internal interface IPeerTelling : IDisposable
{
    /// <summary>Appends what is new since the last batch; called every <see cref="State.Peers.PeerRules.BatchMs"/>, by one thread.</summary>
    void Append(FrameWriter output);
}
