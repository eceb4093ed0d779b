namespace Scheduler.Client.Edges;

/// <summary>
/// A viewer whom a node serves. Found again by every ticket of his session, so that a player that fetches segment by segment is one viewer; gone when he says so, or when nothing was heard of
/// him for a while.
/// </summary>
public sealed class EdgeViewer
{
    private readonly NodeAudience _audience;
    private long _bytes;
    private long _heardAtMs;

    internal EdgeViewer(NodeAudience audience, ulong session, byte replica, int kbps, StreamAudience stream, uint ticketEndsAtUnixS, long nowMs)
    {
        (_audience, Session, Replica, Kbps, Stream, TicketEndsAtUnixS, _heardAtMs) = (audience, session, replica, kbps, stream, ticketEndsAtUnixS, nowMs);
    }

    /// <summary>Identity of the session.</summary>
    public ulong Session { get; }

    /// <summary>Number of the replica that sent him.</summary>
    public byte Replica { get; }

    /// <summary>What he was admitted with, kbit/s.</summary>
    public int Kbps { get; }

    /// <summary>Name of the stream that he watches.</summary>
    public string StreamName => Stream.Name;

    internal StreamAudience Stream { get; }

    /// <summary>Until when his ticket, shown again, would open the node, Unix s.</summary>
    internal uint TicketEndsAtUnixS { get; set; }

    internal long HeardAtMs => Volatile.Read(ref _heardAtMs);

    /// <summary>Counts what was sent to him, and that he is there. From any thread.</summary>
    /// <param name="bytes">Bytes of the stream; at least 0.</param>
    public void Count(long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        Hear(_audience.NowMs);
    }

    /// <summary>He has gone. Later calls do nothing.</summary>
    public void Leave() => _audience.Remove(this);

    internal void Hear(long nowMs) => Volatile.Write(ref _heardAtMs, nowMs);

    internal long TakeBytes() => Interlocked.Exchange(ref _bytes, 0);
}
