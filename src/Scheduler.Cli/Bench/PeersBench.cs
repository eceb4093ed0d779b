using System.Buffers;
using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;
using Scheduler.Protocol.Peers;
using Scheduler.State.Sites;

namespace Scheduler.Cli.Bench;

/// <summary>
/// <c>peers-tell</c>: what one report costs the replica that tells it to one peer, from ledger to sealed frame. <c>peers-relay</c>: the same and what it costs the peer, on to its
/// ledger. A report has three replicas' loads with leases and four streams. Of three replicas that share 10,000 nodes at 1 Hz each tells 6,667 reports a second and hears as many.
/// </summary>
internal sealed class PeersBench : IBench
{
    private const int BatchLength = 333; // a third of 10,000 nodes, a tenth of a second

    /// <inheritdoc/>
    public string Name => "peers";

    /// <inheritdoc/>
    public IEnumerable<BenchResult> Run()
    {
        var world = new BenchWorld(seed: 1);
        NodeStatus[] nodes = [.. world.Control.Sites.SelectMany(site => site.Nodes).Take(BatchLength)];
        using var seal = new FrameSeal(new byte[32]);
        var payload = new ArrayBufferWriter<byte>(FrameHeader.MaxPayload);
        byte[] frame = [];
        long sequence = 1_000_000;
        yield return Measurement.Of("peers-tell", nodes.Length, () =>
        {
            frame = Tell(nodes, ++sequence, payload, seal, frame);
            return frame.Length;
        });
        yield return Measurement.Of("peers-relay", nodes.Length, () =>
        {
            frame = Tell(nodes, ++sequence, payload, seal, frame);
            return Hear(world, frame, seal);
        });
    }

    /// <summary>Encodes and seals a batch.</summary>
    private static byte[] Tell(NodeStatus[] nodes, long sequence, ArrayBufferWriter<byte> payload, FrameSeal seal, byte[] frame)
    {
        payload.ResetWrittenCount();
        foreach (NodeStatus node in nodes)
        {
            NodeReport report = ReportOf(node, sequence);
            ReportsFrame.Append(new PayloadWriter(payload), node.Node.Number, 50, in report);
        }
        var header = new FrameHeader(payload.WrittenCount, FrameType.Reports, sequence, sequence);
        if (frame.Length != header.FrameLength) frame = new byte[header.FrameLength];
        header.Write(frame);
        payload.WrittenSpan.CopyTo(frame.AsSpan(FrameHeader.Length));
        seal.Seal(frame);
        return frame;
    }

    /// <summary>Checks and decodes a batch and applies it to the ledgers.</summary>
    private static long Hear(BenchWorld world, byte[] frame, FrameSeal seal)
    {
        if (!seal.Verifies(frame)) throw new InvalidOperationException("the frame is not sealed");
        RoutingSnapshot snapshot = world.Snapshot;
        long applied = 0, now = world.NowMs;
        var input = new PayloadReader(frame.AsSpan(FrameHeader.Length, frame.Length - FrameHeader.Length - FrameHeader.MacLength));
        while (ReportsFrame.TryReadNext(ref input, out RelayedReport relayed))
        {
            if (!snapshot.Fleet.TryFindNodeByNumber(relayed.Node, out int index) || world.Control.NodeAt(index) is not { } node) continue;
            var envelope = new ReportEnvelope(world.Control.SiteAt(node.Node.SiteIndex)!, node, relayed.Report, now - relayed.AgeMs, now) { IsRelayed = true };
            if (ReportIntake.Apply(in envelope, snapshot.Streams) == ReportVerdict.Applied) applied++;
        }
        return applied;
    }

    private static NodeReport ReportOf(NodeStatus node, long sequence) => node.Report with
    {
        Sequence = sequence,
        ByReplica = Loads,
        Streams = Streams,
    };

    private static ImmutableArray<ReplicaLoad> Loads { get; } =
        [.. Enumerable.Range(1, 3).Select(replica => new ReplicaLoad(replica, 900, 2_700_000) { Grant = new EscrowGrant(3_300_000, 3_000, 3_000_000, 60_000) })];

    private static ImmutableArray<StreamLoad> Streams { get; } = [.. Enumerable.Range(1, 4).Select(stream => new StreamLoad((ulong)stream * 0x9E3779B97F4A7C15, 120, 360_000))];
}
