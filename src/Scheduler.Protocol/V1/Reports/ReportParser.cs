using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Protocol.V1.Json;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.V1.Reports;

/// <summary>Reads one report. Its lists are read in <see cref="ReportListParser"/>.</summary>
internal static class ReportParser
{
    /// <summary>Highest rate that is believed, bit/s: a petabit.</summary>
    public const long MaxBps = 1_000_000_000_000_000;

    private const uint NodeBit = 1, IncarnationBit = 2, SequenceBit = 4, AtBit = 8, CapacityBit = 16, EgressBit = 32, SessionsBit = 64,
        CpuBit = 128, MemoryBit = 256, StateBit = 512, StreamsBit = 1024, ReplicasBit = 2048, EpochBit = 4096, LimitsBit = 8192,
        IngressBit = 16384, PullsBit = 32768, UpstreamBit = 65536;

    /// <summary>Reads the value that the reader stands before; whatever is wrong with it is among the reader's problems.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="lists">Room for lists.</param>
    /// <param name="node">The node's id, when nothing is wrong.</param>
    /// <param name="report">The report, when nothing is wrong.</param>
    /// <param name="asked">Streams whose upstream the node asks for, when nothing is wrong.</param>
    public static void Read(scoped ref WireReader reader, scoped ref ReportLists lists, out ReadOnlySpan<byte> node, out NodeReport report, out ImmutableArray<string> asked)
    {
        node = default;
        report = default;
        asked = [];
        if (!reader.Enter(JsonKind.Object, "")) return;

        SeenMembers seen = default;
        long incarnation = 0, sequence = 0, capacityBps = 0, egressBps = 0, sessions = 0;
        long? atUnixMs = null;
        double? cpuRatio = null;
        NodeState state = default;
        ImmutableArray<ReportedLimit> limits = [];
        ImmutableArray<StreamLoad> streams = [];
        ImmutableArray<ReplicaLoad> byReplica = [];
        ImmutableArray<ReportedPull> pulls = [];
        long ingressBps = 0;

        while (reader.Json.NextMember(out ReadOnlySpan<byte> name))
        {
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("node"u8):
                    if (reader.Take(ref seen, NodeBit, "node")) reader.ReadNodeId("node", out node);
                    break;
                case 11 when name.SequenceEqual("incarnation"u8):
                    if (reader.Take(ref seen, IncarnationBit, "incarnation"))
                        reader.ReadInteger("incarnation", 0, long.MaxValue, out incarnation);
                    break;
                case 8 when name.SequenceEqual("sequence"u8):
                    if (reader.Take(ref seen, SequenceBit, "sequence")) reader.ReadInteger("sequence", 0, long.MaxValue, out sequence);
                    break;
                case 2 when name.SequenceEqual("at"u8):
                    if (reader.Take(ref seen, AtBit, "at")) atUnixMs = ReadMoment(ref reader, "at");
                    break;
                case 12 when name.SequenceEqual("capacity_bps"u8):
                    if (reader.Take(ref seen, CapacityBit, "capacity_bps"))
                        reader.ReadInteger("capacity_bps", 0, MaxBps, out capacityBps);
                    break;
                case 10 when name.SequenceEqual("egress_bps"u8):
                    if (reader.Take(ref seen, EgressBit, "egress_bps")) reader.ReadInteger("egress_bps", 0, MaxBps, out egressBps);
                    break;
                case 8 when name.SequenceEqual("sessions"u8):
                    if (reader.Take(ref seen, SessionsBit, "sessions")) reader.ReadInteger("sessions", 0, int.MaxValue, out sessions);
                    break;
                case 5 when name.SequenceEqual("state"u8):
                    if (reader.Take(ref seen, StateBit, "state")) state = ReadState(ref reader);
                    break;
                case 3 when name.SequenceEqual("cpu"u8):
                    if (reader.Take(ref seen, CpuBit, "cpu")) cpuRatio = reader.RealOrNull("cpu", 0, 1);
                    break;
                case 7 when name.SequenceEqual("streams"u8):
                    if (reader.Take(ref seen, StreamsBit, "streams")) streams = ReportListParser.ReadStreams(ref reader, ref lists);
                    break;
                case 10 when name.SequenceEqual("by_replica"u8):
                    if (reader.Take(ref seen, ReplicasBit, "by_replica")) byReplica = ReportListParser.ReadReplicas(ref reader, ref lists);
                    break;
                case 6 when name.SequenceEqual("limits"u8):
                    if (reader.Take(ref seen, LimitsBit, "limits")) limits = ReportListParser.ReadLimits(ref reader, ref lists);
                    break;
                case 6 when name.SequenceEqual("memory"u8):
                    if (reader.Take(ref seen, MemoryBit, "memory")) reader.ReadReal("memory", 0, 1, out _); // checked, and of no use to a decision yet
                    break;
                case 12 when name.SequenceEqual("escrow_epoch"u8):
                    if (reader.Take(ref seen, EpochBit, "escrow_epoch")) reader.ReadInteger("escrow_epoch", 0, long.MaxValue, out _); // likewise
                    break;
                case 11 when name.SequenceEqual("ingress_bps"u8):
                    if (reader.Take(ref seen, IngressBit, "ingress_bps")) reader.ReadInteger("ingress_bps", 0, MaxBps, out ingressBps);
                    break;
                case 5 when name.SequenceEqual("pulls"u8):
                    if (reader.Take(ref seen, PullsBit, "pulls")) pulls = ReportListParser.ReadPulls(ref reader, ref lists);
                    break;
                case 8 when name.SequenceEqual("upstream"u8):
                    if (reader.Take(ref seen, UpstreamBit, "upstream")) asked = ReportListParser.ReadAsked(ref reader);
                    break;
                default:
                    reader.Json.Skip();
                    break;
            }
        }
        reader.Require(seen, NodeBit, "node");
        reader.Require(seen, IncarnationBit, "incarnation");
        reader.Require(seen, SequenceBit, "sequence");
        reader.Require(seen, CapacityBit, "capacity_bps");
        reader.Require(seen, EgressBit, "egress_bps");
        reader.Require(seen, SessionsBit, "sessions");
        reader.Require(seen, StateBit, "state");
        report = new NodeReport(
            incarnation, sequence, atUnixMs, ToKbps(capacityBps), ToKbps(egressBps), (int)sessions, state, cpuRatio,
            limits, streams, byReplica)
        {
            IngressKbps = ToKbps(ingressBps),
            Pulls = pulls,
        };
    }

    /// <summary>A rate in kbit/s, rounded to the nearest.</summary>
    public static long ToKbps(long bps) => (bps + 500) / 1000;

    /// <summary>Reads a time, as Unix ms; null when it is none.</summary>
    public static long? ReadMoment(scoped ref WireReader reader, string field)
    {
        if (!reader.ReadString(field, int.MaxValue, out ReadOnlySpan<byte> text)) return null;
        if (Rfc3339.TryRead(text, out long unixMs)) return unixMs;
        reader.Problem(field, "must be a time of RFC 3339, as 2025-11-22T17:35:18.250Z");
        return null;
    }

    private static NodeState ReadState(scoped ref WireReader reader)
    {
        if (!reader.ReadString("state", int.MaxValue, out ReadOnlySpan<byte> text)) return default;
        if (text.SequenceEqual("serving"u8)) return NodeState.Serving;
        if (text.SequenceEqual("draining"u8)) return NodeState.Draining;
        if (!text.SequenceEqual("down"u8)) reader.Problem("state", "must be serving, draining or down");
        return NodeState.Down;
    }
}
