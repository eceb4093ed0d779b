using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Cli.Admin;
using Scheduler.Client.Reports;
using Scheduler.Core.Capacity;

namespace Scheduler.Cli.Load;

/// <summary>Nodes of the fleet that report what the simulated viewers draw from them.</summary>
internal sealed class LoadNodes : IReportSource
{
    private readonly (string Id, int Number, long CapacityBps)[] _nodes;
    private readonly Audience _audience;

    private LoadNodes((string, int, long)[] nodes, Audience audience) => (_nodes, _audience) = (nodes, audience);

    /// <inheritdoc/>
    public int Count => _nodes.Length;

    /// <summary>The largest share of what a node can carry that its viewers drew when it measured; over 1 means that the scheduler gave out what was not there.</summary>
    public double PeakUtilisation { get; private set; }

    /// <summary>Takes nodes of a fleet.</summary>
    /// <param name="fleet">The fleet as the scheduler told it.</param>
    /// <param name="wanted">How many, drawn at random; null for all.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="audience">Who watches where; the nodes are added to it, so the viewers must not have come yet.</param>
    public static LoadNodes Of(FleetRow fleet, int? wanted, int seed, Audience audience)
    {
        FleetRow.NodeEntry[] all = [.. (fleet.Sites ?? []).SelectMany(s => s.Nodes ?? []).Where(n => !string.IsNullOrEmpty(n.Id))];
        if (wanted < all.Length) new Random(seed).Shuffle(all);
        var nodes = new List<(string, int, long)>(all.Length);
        foreach (FleetRow.NodeEntry node in all.Take(wanted ?? all.Length))
            if (audience.TryNode(node.Id!, out int number)) nodes.Add((node.Id!, number, Bps(node.CapacityBps)));
        return new LoadNodes([.. nodes], audience);
    }

    /// <inheritdoc/>
    public NodeMeasurement Measure(int index)
    {
        (string id, int number, long capacity) = _nodes[index];
        long egress = _audience.KbpsOf(number) * 1_000;
        PeakUtilisation = Math.Max(PeakUtilisation, (double)egress / Math.Max(1, capacity));
        return new NodeMeasurement(id, capacity, egress, _audience.ViewersOf(number), NodeState.Serving)
        {
            // A server that only sends is about as busy as its link is full, over a little that it always does.
            Cpu = Math.Min(1, 0.03 + (0.6 * egress / Math.Max(1, capacity))),
            ByReplica = ByReplica(number),
        };
    }

    private ImmutableArray<ReplicaMeasurement> ByReplica(int node)
    {
        var replicas = ImmutableArray.CreateBuilder<ReplicaMeasurement>();
        foreach (ReplicaAudience audience in _audience.ByReplica(node))
        {
            // What has started first: a viewer who comes between the two is in the load, and is taken to be on his way for a report longer.
            StartedLoad? started = audience.StartedAt(_audience.NowMs);
            replicas.Add(new ReplicaMeasurement(audience.Replica, audience.Viewers, audience.Kbps * 1_000) { Started = started });
        }
        return replicas.ToImmutable();
    }

    // A fleet document may say 40000000000 or "40G".
    private static long Bps(JsonElement? capacity)
    {
        if (capacity is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out double bps)) return (long)Math.Clamp(bps, 0, 1e15);
        if (capacity is not { ValueKind: JsonValueKind.String } text || text.GetString() is not { Length: > 0 } rate) return 0;
        double scale = rate[^1] switch { 'T' => 1e12, 'G' => 1e9, 'M' => 1e6, 'k' or 'K' => 1e3, _ => 1 };
        string digits = scale > 1 ? rate[..^1] : rate;
        return double.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out double value) ? (long)Math.Clamp(value * scale, 0, 1e15) : 0;
    }
}
