using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;

namespace Scheduler.Cli.Load;

/// <summary>Viewers of one node that one replica sent. Written by one thread, read by any.</summary>
/// <param name="replica">Number of the replica.</param>
internal sealed class ReplicaAudience(byte replica)
{
    private int _viewers;
    private long _kbps;
    private readonly Lock _gate = new();
    private readonly StartLedger _starts = new();

    /// <summary>Number of the replica.</summary>
    public byte Replica => replica;

    /// <summary>Viewers.</summary>
    public int Viewers => Volatile.Read(ref _viewers);

    /// <summary>What they draw, kbit/s.</summary>
    public long Kbps => Volatile.Read(ref _kbps);

    /// <summary>What of the replica's newest admissions has come.</summary>
    public StartedLoad? StartedAt(long nowMs)
    {
        lock (_gate) return _starts.StartedAt(nowMs);
    }

    /// <summary>Counts a viewer who came with a ticket that holds a place.</summary>
    public void Count(byte period, long kbps, long nowMs)
    {
        lock (_gate) _starts.Add(period, kbps, nowMs);
    }

    /// <summary>Adds viewers, or takes them away.</summary>
    public void Add(int viewers, long kbps)
    {
        Volatile.Write(ref _viewers, _viewers + viewers);
        Volatile.Write(ref _kbps, _kbps + kbps);
    }
}
