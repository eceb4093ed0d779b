using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Reports;

namespace Scheduler.Protocol.Grpc.Reports;

/// <summary>Reads one <c>scheduler.v1.EdgeReport</c>. Its lists are read in <see cref="EdgeReportLists"/>.</summary>
internal static class EdgeReportReader
{
    /// <summary>Latest time that is believed, Unix ms: the end of the year 9999, as in JSON.</summary>
    public const long LatestUnixMs = 253_402_300_799_999;

    /// <summary>Reads a report; whatever is wrong with it is among the problems of the fields.</summary>
    /// <param name="reader">Stands before its first field.</param>
    /// <param name="fields">Judges.</param>
    /// <param name="lists">Room for lists.</param>
    /// <param name="node">The node's id, when nothing is wrong.</param>
    /// <param name="report">The report, when nothing is wrong.</param>
    /// <param name="asked">Streams whose upstream the node asks for, when nothing is wrong.</param>
    public static void Read(
        scoped ref ProtobufReader reader, scoped ref MessageFields fields, scoped ref ReportLists lists, out ReadOnlySpan<byte> node, out NodeReport report,
        out ImmutableArray<string> asked)
    {
        node = default;
        report = default;
        asked = [];
        ReadOnlySpan<byte> id = default;
        long? incarnation = null, sequence = null, capacityBps = null, egressBps = null, sessions = null;
        long atUnixMs = 0, epoch = 0, ingressBps = 0;
        double? cpu = null, memory = null;
        int state = 0, streams = 0, replicas = 0, limits = 0, pulls = 0, questions = 0;
        ImmutableArray<string>.Builder? upstream = null;
        OrcaReport orca = default;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Is(WireType.Bytes): id = reader.Text(); break;
                case 2 when reader.Is(WireType.Varint): incarnation = reader.Int64(); break;
                case 3 when reader.Is(WireType.Varint): sequence = reader.Int64(); break;
                case 4 when reader.Is(WireType.Varint): atUnixMs = reader.Int64(); break;
                case 5 when reader.Is(WireType.Varint): capacityBps = reader.Int64(); break;
                case 6 when reader.Is(WireType.Varint): egressBps = reader.Int64(); break;
                case 7 when reader.Is(WireType.Varint): sessions = reader.Int64(); break;
                case 8 when reader.Is(WireType.Varint): state = reader.Int32(); break;
                case 9 when reader.Is(WireType.Fixed64): cpu = reader.Double(); break;
                case 10 when reader.Is(WireType.Fixed64): memory = reader.Double(); break;
                case 11 when reader.Is(WireType.Bytes): EdgeReportLists.Stream(ref reader, ref fields, ref lists, streams++); break;
                case 12 when reader.Is(WireType.Bytes): EdgeReportLists.Replica(ref reader, ref fields, ref lists, ref replicas); break;
                case 13 when reader.Is(WireType.Varint): epoch = reader.Int64(); break;
                case 14 when reader.Is(WireType.Bytes): EdgeReportLists.Limit(ref reader, ref fields, ref lists, limits++); break;
                case 15 when reader.Is(WireType.Varint): ingressBps = reader.Int64(); break;
                case 16 when reader.Is(WireType.Bytes): EdgeReportLists.Pull(ref reader, ref fields, ref lists, pulls++); break;
                case 17 when reader.Is(WireType.Bytes): orca.Read(ref reader); break;
                case 18 when reader.Is(WireType.Bytes): EdgeReportLists.Asked(ref reader, ref fields, ref upstream, questions++); break;
                default: reader.Skip(); break;
            }
        }
        if (reader.IsBroken) return;
        cpu ??= orca.Cpu;
        memory ??= orca.Memory;
        Number(ref fields, "incarnation", incarnation, long.MaxValue);
        Number(ref fields, "sequence", sequence, long.MaxValue);
        Number(ref fields, "capacity_bps", capacityBps ??= orca.CapacityBps, ReportParser.MaxBps);
        Number(ref fields, "egress_bps", egressBps ??= orca.EgressBps, ReportParser.MaxBps);
        Number(ref fields, "sessions", sessions ??= orca.Sessions, int.MaxValue);
        if (id.IsEmpty) fields.Require(false, "node");
        else fields.Node("node", id);
        if (state == 0) fields.Require(false, "state");
        else if (state is < 0 or > 3) fields.Problem("state", "must be serving, draining or down");
        fields.Range("at_unix_ms", atUnixMs, 0, LatestUnixMs);
        fields.Range("escrow_epoch", epoch, 0, long.MaxValue);
        fields.Range("ingress_bps", ingressBps, 0, ReportParser.MaxBps);
        if (cpu is { } busy) fields.Range("cpu", busy, 0, 1);
        if (memory is { } used) fields.Range("memory", used, 0, 1);
        EdgeReportLists.AddUtilisation(in orca, ref lists, ref limits);
        EdgeReportLists.CheckCount(ref fields, "streams", streams, ReportLists.MaxStreams);
        EdgeReportLists.CheckCount(ref fields, "limits", limits, ReportLists.MaxLimits);
        EdgeReportLists.CheckCount(ref fields, "pulls", pulls, ReportLists.MaxPulls);
        EdgeReportLists.CheckCount(ref fields, "upstream", questions, ReportBatchReader.MaxAsked);
        if (fields.Problems.Count > 0) return;
        node = id;
        asked = upstream?.ToImmutable() ?? [];
        report = new NodeReport(
            incarnation!.Value, sequence!.Value, atUnixMs == 0 ? null : atUnixMs, ReportParser.ToKbps(capacityBps!.Value), ReportParser.ToKbps(egressBps!.Value),
            (int)sessions!.Value, (NodeState)(state - 1), cpu,
            ReportLists.Freeze<ReportedLimit>(lists.Limits[..limits]), ReportLists.Freeze<StreamLoad>(lists.Streams[..streams]), Replicas(ref lists, replicas))
        {
            IngressKbps = ReportParser.ToKbps(ingressBps),
            Pulls = ReportLists.Freeze<ReportedPull>(lists.Pulls[..pulls]),
        };
    }

    private static ImmutableArray<ReplicaLoad> Replicas(scoped ref ReportLists lists, int count) => ReportLists.Freeze<ReplicaLoad>(lists.Replicas[..count]);

    private static void Number(scoped ref MessageFields fields, string field, long? value, long max)
    {
        if (value is { } given) fields.Range(field, given, 0, max);
        else fields.Require(false, field);
    }
}
