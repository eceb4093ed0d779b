using System.Collections.Immutable;
using System.Text;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Reports;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.Grpc.Reports;

/// <summary>Reads the entries of a report's lists, each into the room it is given; what is beyond the room is counted and not kept.</summary>
internal static class EdgeReportLists
{
    /// <summary>Reads one <c>StreamLoad</c>.</summary>
    public static void Stream(scoped ref ProtobufReader report, scoped ref MessageFields fields, scoped ref ReportLists lists, int index)
    {
        fields.Within("streams", index);
        ReadOnlySpan<byte> id = default;
        long? viewers = null, ingressBps = null;
        long egressBps = 0, sinceUnixMs = 0;
        var reader = new ProtobufReader(report.Bytes());
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Is(WireType.Bytes): id = reader.Text(); break;
                case 2 when reader.Is(WireType.Varint): viewers = reader.Int64(); break;
                case 3 when reader.Is(WireType.Varint): egressBps = reader.Int64(); break;
                case 4 when reader.Is(WireType.Varint): ingressBps = reader.Int64(); break;
                case 5 when reader.Is(WireType.Varint): sinceUnixMs = reader.Int64(); break;
                default: reader.Skip(); break;
            }
        }
        if (reader.IsBroken) report.Break();
        if (id.IsEmpty) fields.Require(false, "id");
        else fields.Stream("id", id);
        if (viewers is { } count) fields.Range("viewers", count, 0, int.MaxValue);
        else fields.Require(ingressBps is not null, "viewers");
        fields.Range("egress_bps", egressBps, 0, ReportParser.MaxBps);
        if (ingressBps is { } arriving) fields.Range("ingress_bps", arriving, 0, ReportParser.MaxBps);
        fields.Range("since_unix_ms", sinceUnixMs, 0, EdgeReportReader.LatestUnixMs);
        fields.Within(null);
        if (index >= ReportLists.MaxStreams) return;
        ulong stream = StreamName.Hash(id);
        if (StreamName.IsValid(id)) lists.Names?.Learn(stream, id);
        lists.Streams[index] = new StreamLoad(stream, (int)(viewers ?? 0), ReportParser.ToKbps(egressBps))
        {
            IngressKbps = ingressBps is { } bps ? ReportParser.ToKbps(bps) : null,
            SinceUnixMs = sinceUnixMs == 0 ? null : sinceUnixMs,
        };
    }

    /// <summary>Reads one entry of <c>by_replica</c>.</summary>
    public static void Replica(scoped ref ProtobufReader report, scoped ref MessageFields fields, scoped ref ReportLists lists, ref int count)
    {
        ulong number = 0;
        ReadOnlySpan<byte> load = default;
        var entry = new ProtobufReader(report.Bytes());
        while (entry.Next())
        {
            if (entry.Field == 1 && entry.Is(WireType.Varint)) number = (uint)entry.Varint();
            else if (entry.Field == 2 && entry.Is(WireType.Bytes)) load = entry.Bytes();
            else entry.Skip();
        }
        if (entry.IsBroken) report.Break();
        if (number is 0 or > ReportLists.MaxReplicas)
        {
            fields.Problem("by_replica", "has a member that is not the number of a replica, 1 to 255");
            return;
        }
        fields.Within("by_replica", (long)number);
        ReplicaLoad read = ReadReplica(load, (byte)number, ref report, ref fields);
        fields.Within(null);
        int at = 0;
        while (at < count && lists.Replicas[at].Replica != (int)number) at++;
        lists.Replicas[at] = read; // of two entries with one key the last counts, as the language has it
        if (at == count) count++;
    }

    /// <summary>Reads one <c>Limit</c>.</summary>
    public static void Limit(scoped ref ProtobufReader report, scoped ref MessageFields fields, scoped ref ReportLists lists, int index)
    {
        fields.Within("limits", index);
        ReadOnlySpan<byte> type = default;
        double hard = 0, soft = 0, current = 0;
        var reader = new ProtobufReader(report.Bytes());
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Is(WireType.Bytes): type = reader.Text(); break;
                case 2 when reader.Is(WireType.Fixed64): hard = reader.Double(); break;
                case 3 when reader.Is(WireType.Fixed64): soft = reader.Double(); break;
                case 4 when reader.Is(WireType.Fixed64): current = reader.Double(); break;
                default: reader.Skip(); break;
            }
        }
        if (reader.IsBroken) report.Break();
        if (type.IsEmpty) fields.Require(false, "type");
        else fields.Text("type", type, ReportListParser.MaxLimitType);
        fields.Range("hard", hard, 0, ReportListParser.MaxLimit);
        if (hard == 0) fields.Problem("hard", "must be over 0");
        fields.Range("soft", soft, 0, ReportListParser.MaxLimit);
        fields.Range("current", current, 0, ReportListParser.MaxLimit);
        fields.Within(null);
        if (index < ReportLists.MaxLimits) lists.Limits[index] = new ReportedLimit(hard, current);
    }

    /// <summary>Reads one <c>Pull</c>.</summary>
    public static void Pull(scoped ref ProtobufReader report, scoped ref MessageFields fields, scoped ref ReportLists lists, int index)
    {
        fields.Within("pulls", index);
        ReadOnlySpan<byte> upstream = default;
        long? bps = null;
        long streams = 0;
        var reader = new ProtobufReader(report.Bytes());
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Is(WireType.Bytes): upstream = reader.Text(); break;
                case 2 when reader.Is(WireType.Varint): bps = reader.Int64(); break;
                case 3 when reader.Is(WireType.Varint): streams = reader.Int64(); break;
                default: reader.Skip(); break;
            }
        }
        if (reader.IsBroken) report.Break();
        if (upstream.IsEmpty) fields.Require(false, "upstream");
        else fields.Text("upstream", upstream, WireNames.MaxNodeIdLength);
        if (bps is { } rate) fields.Range("bps", rate, 0, ReportParser.MaxBps);
        else fields.Require(false, "bps");
        fields.Range("streams", streams, 0, int.MaxValue);
        fields.Within(null);
        if (index < ReportLists.MaxPulls) lists.Pulls[index] = new ReportedPull(StreamName.Hash(upstream), ReportParser.ToKbps(bps ?? 0), (int)streams);
    }

    /// <summary>Reads the name of a stream whose upstream is asked for.</summary>
    public static void Asked(scoped ref ProtobufReader report, scoped ref MessageFields fields, ref ImmutableArray<string>.Builder? asked, int index)
    {
        ReadOnlySpan<byte> name = report.Text();
        if (!StreamName.IsValid(name)) fields.Problem("upstream", WireNames.StreamRule);
        else if (index < ReportBatchReader.MaxAsked) (asked ??= ImmutableArray.CreateBuilder<string>()).Add(Encoding.UTF8.GetString(name));
    }

    /// <summary>Adds what ORCA says of resources to the limits.</summary>
    public static void AddUtilisation(scoped in OrcaReport orca, scoped ref ReportLists lists, ref int limits)
    {
        foreach (ReportedLimit limit in orca)
        {
            if (limits < ReportLists.MaxLimits) lists.Limits[limits] = limit;
            limits++;
        }
    }

    /// <summary>Judges how many entries a list has.</summary>
    public static void CheckCount(scoped ref MessageFields fields, string list, int count, int max)
    {
        if (count > max) fields.Problem(list, $"has more than {max} entries");
    }

    private static ReplicaLoad ReadReplica(ReadOnlySpan<byte> message, byte replica, scoped ref ProtobufReader report, scoped ref MessageFields fields)
    {
        long? sessions = null, egressBps = null, limitBps = null, limitMs = null, heldBps = null, heldMs = null, startedBps = null, since = null;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Is(WireType.Varint): sessions = reader.Int64(); break;
                case 2 when reader.Is(WireType.Varint): egressBps = reader.Int64(); break;
                case 3 when reader.Is(WireType.Varint): limitBps = reader.Int64(); break;
                case 4 when reader.Is(WireType.Varint): limitMs = reader.Int64(); break;
                case 5 when reader.Is(WireType.Varint): heldBps = reader.Int64(); break;
                case 6 when reader.Is(WireType.Varint): heldMs = reader.Int64(); break;
                case 7 when reader.Is(WireType.Varint): startedBps = reader.Int64(); break;
                case 8 when reader.Is(WireType.Varint): since = reader.Int64(); break;
                default: reader.Skip(); break;
            }
        }
        if (reader.IsBroken) report.Break();
        Number(ref fields, "sessions", sessions, 0, int.MaxValue);
        Number(ref fields, "egress_bps", egressBps, 0, ReportParser.MaxBps);
        ReplicaLoad load = new(replica, (int)(sessions ?? 0), ReportParser.ToKbps(egressBps ?? 0));
        if ((startedBps ?? since) is not null)
        {
            Number(ref fields, "started_bps", startedBps, 0, ReportParser.MaxBps);
            Number(ref fields, "started_since", since, 0, AdmissionPeriod.Count - 1);
            load = load with { Started = new StartedLoad((byte)Math.Clamp(since ?? 0, 0, AdmissionPeriod.Count - 1), (startedBps ?? 0) / 1_000) };
        }
        if ((limitBps ?? limitMs ?? heldBps ?? heldMs) is null) return load;
        Number(ref fields, "limit_bps", limitBps, 0, ReportParser.MaxBps);
        Number(ref fields, "limit_ms", limitMs, 1, ReportListParser.MaxTermMs);
        Number(ref fields, "held_bps", heldBps, 0, ReportParser.MaxBps);
        Number(ref fields, "held_ms", heldMs, 1, ReportListParser.MaxTermMs);
        if (heldBps > limitBps) fields.Problem("held_bps", "must not be over limit_bps");
        if (heldMs < limitMs) fields.Problem("held_ms", "must not be under limit_ms");
        // Rounded down: rounding must not make leases add up to more than they were.
        return load with { Grant = new EscrowGrant((limitBps ?? 0) / 1_000, (int)(limitMs ?? 0), (heldBps ?? 0) / 1_000, (int)(heldMs ?? 0)) };
    }

    private static void Number(scoped ref MessageFields fields, string field, long? value, long min, long max)
    {
        if (value is { } given) fields.Range(field, given, min, max);
        else fields.Require(false, field);
    }
}
