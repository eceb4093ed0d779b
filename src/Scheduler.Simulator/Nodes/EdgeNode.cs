using Scheduler.Core.Dispatch;

namespace Scheduler.Simulator.Nodes;

/// <summary>What is true of one node.</summary>
internal sealed class EdgeNode
{
    /// <summary>A node that is up.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="capacityKbps">What it was built to send, kbit/s.</param>
    /// <param name="replicas">Replicas that may assign to it.</param>
    public EdgeNode(int site, long capacityKbps, int replicas)
    {
        Site = site;
        DeclaredKbps = CapacityKbps = capacityKbps;
        ByReplica = new long[replicas];
        SessionsByReplica = new int[replicas];
        Starts = [.. Enumerable.Range(0, replicas).Select(_ => new StartLedger())];
    }

    /// <summary>Its site.</summary>
    public int Site { get; }

    /// <summary>What it was built to send, kbit/s.</summary>
    public long DeclaredKbps { get; }

    /// <summary>What it can send now, kbit/s.</summary>
    public long CapacityKbps { get; set; }

    /// <summary>What it says it can send over what it can.</summary>
    public double Exaggeration { get; set; } = 1;

    /// <summary>False while it is dead.</summary>
    public bool Alive { get; set; } = true;

    /// <summary>Grows with each start.</summary>
    public long Incarnation { get; set; } = 1;

    /// <summary>Reports made since its start.</summary>
    public long Sequence { get; set; }

    /// <summary>What it sends, kbit/s.</summary>
    public long EgressKbps { get; set; }

    /// <summary>Viewers it serves.</summary>
    public int Sessions { get; set; }

    /// <summary>What it sends, by the replica that assigned it, kbit/s.</summary>
    public long[] ByReplica { get; }

    /// <summary>Viewers it serves, by the replica that assigned them.</summary>
    public int[] SessionsByReplica { get; }

    /// <summary>What of each replica's newest admissions it has begun to serve.</summary>
    public StartLedger[] Starts { get; }

    /// <summary>What it leases to the replicas.</summary>
    public GrantLedger Ledger { get; set; } = new(null);

    /// <summary>What it serves.</summary>
    public StreamShelf Streams { get; } = new();
}
