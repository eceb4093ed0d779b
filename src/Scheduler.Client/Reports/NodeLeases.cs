using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;

namespace Scheduler.Client.Reports;

/// <summary>What the nodes of one reporter lease to the scheduler's replicas, one ledger a node.</summary>
/// <param name="time">Clock; only differences of it count.</param>
/// <param name="areNew">True when nothing that was leased before can be in use.</param>
internal sealed class NodeLeases(TimeProvider time, bool areNew)
{
    private readonly Dictionary<string, GrantLedger> _ledgers = new(StringComparer.Ordinal);
    private readonly long _start = time.GetTimestamp();
    private ImmutableArray<int> _replicas = [];

    /// <summary>Takes the replicas from an answer: the members of its weights.</summary>
    /// <param name="numbers">Their numbers; what is none is passed over.</param>
    public void Adopt(IEnumerable<string> numbers) =>
        _replicas = [.. numbers.Select(number => byte.TryParse(number, out byte replica) ? replica : (byte)0).Where(replica => replica > 0).Distinct().Select(r => (int)r)];

    /// <summary>Makes the leases of a node's report.</summary>
    /// <param name="node">What it measured.</param>
    /// <param name="intervalMs">Time between two reports, ms.</param>
    /// <returns>Load by replica, with leases; empty when the node cannot tell who assigned what it sends, and so can lease nothing.</returns>
    public ImmutableArray<ReplicaLoad> Lease(in NodeMeasurement node, int intervalMs)
    {
        var loads = new List<ReplicaLoad>();
        if (!node.ByReplica.IsDefaultOrEmpty)
        {
            foreach (ReplicaMeasurement replica in node.ByReplica)
                if (loads.All(load => load.Replica != replica.Replica)) loads.Add(new ReplicaLoad(replica.Replica, replica.Sessions, replica.EgressBps / 1_000) { Started = replica.Started });
        }
        else if (node.EgressBps > 0)
        {
            return [];
        }
        foreach (int replica in _replicas)
            if (loads.All(load => load.Replica != replica)) loads.Add(new ReplicaLoad(replica, 0, 0));
        if (!_ledgers.TryGetValue(node.Node, out GrantLedger? ledger))
        {
            // What an earlier process leased is not known.
            _ledgers[node.Node] = ledger = new GrantLedger(startedMs: areNew ? null : 0);
        }
        ImmutableArray<ReportedLimit> limits = node.Limits.IsDefault ? [] : [.. node.Limits.Select(limit => new ReportedLimit(limit.Hard, limit.Current))];
        var report = new NodeReport(0, 0, null, node.CapacityBps / 1_000, node.EgressBps / 1_000, node.Sessions, node.State, node.Cpu, limits, [], []);
        long capacity = Headroom.CapacityKbps(in report, long.MaxValue, long.MaxValue);
        long now = (long)time.GetElapsedTime(_start).TotalMilliseconds;
        return ledger.Grant(now, capacity, report.EgressKbps, [.. loads], intervalMs);
    }
}
