using Scheduler.Core.Dispatch;

namespace Scheduler.Client.Edges;

/// <summary>The viewers on a node whom one scheduler replica sent. Under the lock of its <see cref="NodeAudience"/>.</summary>
internal sealed class ReplicaTally
{
    /// <summary>Viewers.</summary>
    public int Viewers { get; private set; }

    /// <summary>What they were admitted with, kbit/s.</summary>
    public long Kbps { get; private set; }

    /// <summary>What of the replica's newest admissions has begun.</summary>
    public StartLedger Starts { get; } = new();

    /// <summary>Adds viewers, or takes them away.</summary>
    public void Add(int viewers, long kbps) => (Viewers, Kbps) = (Viewers + viewers, Kbps + kbps);
}
