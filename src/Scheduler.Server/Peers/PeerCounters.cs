using Scheduler.Server.Peers.Channel;

namespace Scheduler.Server.Peers;

/// <summary>What the peer channel has done since the start. Threads count with one interlocked addition.</summary>
internal sealed class PeerCounters
{
    private readonly long[] _refused = new long[Enum.GetValues<FrameFault>().Length];
    private long _framesSent;
    private long _bytesSent;
    private long _framesReceived;
    private long _bytesReceived;
    private long _reportsSent;
    private long _reportsReceived;
    private long _delayMs;
    private long _unknownNodes;
    private long _forwarded;
    private long _unanswered;

    /// <summary>Frames sent.</summary>
    public long FramesSent => Volatile.Read(ref _framesSent);

    /// <summary>Their bytes.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>Frames received.</summary>
    public long FramesReceived => Volatile.Read(ref _framesReceived);

    /// <summary>Their bytes.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Reports told to peers.</summary>
    public long ReportsSent => Volatile.Read(ref _reportsSent);

    /// <summary>Reports that peers told.</summary>
    public long ReportsReceived => Volatile.Read(ref _reportsReceived);

    /// <summary>How old the reports that peers told were when they came, since a replica first had them; all together, ms.</summary>
    public long ReportDelayMs => Volatile.Read(ref _delayMs);

    /// <summary>Entries about nodes that the fleet in force here does not have.</summary>
    public long UnknownNodes => Volatile.Read(ref _unknownNodes);

    /// <summary>Players' calls that their sessions' owners answered.</summary>
    public long Forwarded => Volatile.Read(ref _forwarded);

    /// <summary>Players' calls that were asked of an owner who did not answer in time.</summary>
    public long Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>Connections and frames refused, by cause.</summary>
    public long Refused(FrameFault cause) => Volatile.Read(ref _refused[(int)cause]);

    /// <summary>Counts a refusal.</summary>
    public void Refuse(FrameFault cause) => Interlocked.Increment(ref _refused[(int)cause]);

    /// <summary>Counts a frame.</summary>
    public void Sent(int bytes)
    {
        Interlocked.Increment(ref _framesSent);
        Interlocked.Add(ref _bytesSent, bytes);
    }

    /// <summary>Counts a frame.</summary>
    public void Received(int bytes)
    {
        Interlocked.Increment(ref _framesReceived);
        Interlocked.Add(ref _bytesReceived, bytes);
    }

    /// <summary>Counts reports told to a peer.</summary>
    public void ReportsTold(int count) => Interlocked.Add(ref _reportsSent, count);

    /// <summary>Counts reports that a peer told.</summary>
    /// <param name="count">How many.</param>
    /// <param name="delayMs">Their ages, summed.</param>
    public void ReportsHeard(int count, long delayMs)
    {
        Interlocked.Add(ref _reportsReceived, count);
        Interlocked.Add(ref _delayMs, delayMs);
    }

    /// <summary>Counts an entry about a node that is not known.</summary>
    public void UnknownNode() => Interlocked.Increment(ref _unknownNodes);

    /// <summary>Counts a call that its session's owner was asked to answer.</summary>
    public void Asked(bool isAnswered) => Interlocked.Increment(ref isAnswered ? ref _forwarded : ref _unanswered);
}
