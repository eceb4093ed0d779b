using System.Text;
using Scheduler.Core.Routing;
using Scheduler.Protocol.V1.Reports;
using Scheduler.State.Sites;

namespace Scheduler.Cli.Bench;

/// <summary><c>reports-apply</c>: JSON of about 400 bytes a report, in batches of a thousand, to ledgers written.</summary>
internal sealed class ReportsBench : IBench
{
    private const int BatchLength = 1_000;

    /// <inheritdoc/>
    public string Name => "reports";

    /// <inheritdoc/>
    public IEnumerable<BenchResult> Run()
    {
        var world = new BenchWorld(seed: 1);
        IndexedNode[] nodes = [.. world.Snapshot.Fleet.Nodes.OfType<IndexedNode>().Take(BatchLength)];
        long sequence = 1_000;
        byte[] template = Batch(nodes, 999_999_999);
        int[] places = Places(template, "999999999"u8);
        var digits = new byte[9];
        yield return Measurement.Of("reports-apply", BatchLength, () =>
        {
            // The sequence grows in place, so that every report is news.
            sequence++;
            for (int i = digits.Length - 1, rest = (int)(100_000_000 + sequence); i >= 0; i--, rest /= 10) digits[i] = (byte)('0' + (rest % 10));
            foreach (int place in places) digits.CopyTo(template.AsSpan(place));
            return Apply(world, template);
        });
    }

    private static long Apply(BenchWorld world, byte[] body)
    {
        RoutingSnapshot snapshot = world.Snapshot;
        long applied = 0;
        var batch = new ReportBatchReader(body);
        while (batch.Next())
        {
            if (!batch.IsAccepted || !snapshot.Fleet.TryFindNode(batch.Node, out int index)) continue;
            NodeStatus node = world.Control.NodeAt(index)!;
            var envelope = new ReportEnvelope(world.Control.SiteAt(node.Node.SiteIndex)!, node, batch.Report, 60_000, 1_760_000_000_000);
            if (ReportIntake.Apply(in envelope, snapshot.Streams) == ReportVerdict.Applied) applied++;
        }
        if (applied != BatchLength) throw new InvalidOperationException($"{applied} of {BatchLength} reports were applied");
        return applied;
    }

    private static byte[] Batch(IndexedNode[] nodes, long sequence)
    {
        var text = new StringBuilder("{\"reports\":[");
        foreach (IndexedNode node in nodes)
        {
            if (node != nodes[0]) text.Append(',');
            text.Append(FormattableString.Invariant($$$"""
                {"node":"{{{node.Node.Id}}}","incarnation":1760000000,"sequence":{{{sequence}}},"at":"2026-01-01T12:00:00Z","capacity_bps":{{{node.Node.Capacity.BitsPerSecond}}},"egress_bps":21500000000,"sessions":5400,"cpu":0.41,"memory":0.52,"state":"serving","by_replica":{"1":{"sessions":5400,"egress_bps":2.15e10}},"escrow_epoch":41,"limits":[{"type":"sessions","hard":120000,"soft":100000,"current":5400}],"ingress_bps":3.1e8}
                """));
        }
        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    private static int[] Places(byte[] text, ReadOnlySpan<byte> mark)
    {
        var places = new List<int>();
        for (int from = 0; text.AsSpan(from).IndexOf(mark) is var at and >= 0; from += at + mark.Length) places.Add(from + at);
        return [.. places];
    }
}
