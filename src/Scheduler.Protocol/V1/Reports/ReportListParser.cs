using System.Buffers.Text;
using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Json;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.V1.Reports;

/// <summary>Reads the lists of a report, gathering each in the room it is given.</summary>
internal static class ReportListParser
{
    /// <summary>Highest limit that is believed, in whatever unit.</summary>
    public const double MaxLimit = 1e18;

    /// <summary>Longest type of a limit, characters.</summary>
    public const int MaxLimitType = 32;

    private const uint EgressBit = 1, SessionsBit = 2, IdBit = 4, ViewersBit = 8, TypeBit = 16, HardBit = 32, SoftBit = 64,
        CurrentBit = 128, UpstreamBit = 256, BpsBit = 512, StreamsBit = 1024, LimitBit = 2048, LimitMsBit = 4096, HeldBit = 8192, HeldMsBit = 16384, IngressBit = 32768, SinceBit = 65536, StartedBit = 131072;

    /// <summary>Members of a lease: all of them or none.</summary>
    private const uint GrantBits = LimitBit | LimitMsBit | HeldBit | HeldMsBit;

    /// <summary>Longest term that is believed, ms: ten minutes.</summary>
    public const long MaxTermMs = 600_000;

    /// <summary>Reads <c>streams: [{id, viewers, egress_bps?, ingress_bps?, since?}]</c>; an entry that says what arrives need not speak of viewers.</summary>
    public static ImmutableArray<StreamLoad> ReadStreams(scoped ref WireReader reader, scoped ref ReportLists lists)
    {
        if (!reader.Enter(JsonKind.Array, "streams")) return [];
        int count = 0;
        while (reader.Json.NextElement())
        {
            reader.Within("streams", count);
            StreamLoad load = ReadStream(ref reader, lists.Names);
            if (count < ReportLists.MaxStreams) lists.Streams[count] = load;
            count++;
        }
        EndList(ref reader, "streams", count, ReportLists.MaxStreams);
        return ReportLists.Freeze<StreamLoad>(lists.Streams[..Math.Min(count, ReportLists.MaxStreams)]);
    }

    /// <summary>Reads <c>by_replica: {number: {sessions, egress_bps, limit_bps?, limit_ms?, held_bps?, held_ms?, started_bps?, started_since?}}</c>.</summary>
    public static ImmutableArray<ReplicaLoad> ReadReplicas(scoped ref WireReader reader, scoped ref ReportLists lists)
    {
        if (!reader.Enter(JsonKind.Object, "by_replica")) return [];
        Span<bool> met = stackalloc bool[ReportLists.MaxReplicas + 1];
        int count = 0;
        while (reader.Json.NextMember(out ReadOnlySpan<byte> key))
        {
            if (!IsReplica(key, out byte replica))
            {
                reader.Problem("by_replica", "has a member that is not the number of a replica, 1 to 255");
                reader.Json.Skip();
                continue;
            }
            reader.Within("by_replica", replica);
            if (met[replica]) reader.Problem("", "given twice");
            ReplicaLoad load = ReadReplica(ref reader, replica);
            if (!met[replica]) lists.Replicas[count++] = load;
            met[replica] = true;
        }
        EndList(ref reader, "by_replica", count, ReportLists.MaxReplicas);
        return ReportLists.Freeze<ReplicaLoad>(lists.Replicas[..count]);
    }

    /// <summary>Reads <c>limits: [{type, hard, soft?, current?}]</c>.</summary>
    public static ImmutableArray<ReportedLimit> ReadLimits(scoped ref WireReader reader, scoped ref ReportLists lists)
    {
        if (!reader.Enter(JsonKind.Array, "limits")) return [];
        int count = 0;
        while (reader.Json.NextElement())
        {
            reader.Within("limits", count);
            ReportedLimit limit = ReadLimit(ref reader);
            if (count < ReportLists.MaxLimits) lists.Limits[count] = limit;
            count++;
        }
        EndList(ref reader, "limits", count, ReportLists.MaxLimits);
        return ReportLists.Freeze<ReportedLimit>(lists.Limits[..Math.Min(count, ReportLists.MaxLimits)]);
    }

    /// <summary>Reads <c>pulls: [{upstream, bps, streams?}]</c>.</summary>
    public static ImmutableArray<ReportedPull> ReadPulls(scoped ref WireReader reader, scoped ref ReportLists lists)
    {
        if (!reader.Enter(JsonKind.Array, "pulls")) return [];
        int count = 0;
        while (reader.Json.NextElement())
        {
            reader.Within("pulls", count);
            ReportedPull pull = ReadPull(ref reader);
            if (count < ReportLists.MaxPulls) lists.Pulls[count] = pull;
            count++;
        }
        EndList(ref reader, "pulls", count, ReportLists.MaxPulls);
        return ReportLists.Freeze<ReportedPull>(lists.Pulls[..Math.Min(count, ReportLists.MaxPulls)]);
    }

    /// <summary>Reads <c>upstream: [stream]</c>: the streams whose upstream the node asks for.</summary>
    public static ImmutableArray<string> ReadAsked(scoped ref WireReader reader)
    {
        if (!reader.Enter(JsonKind.Array, "upstream")) return [];
        var asked = ImmutableArray.CreateBuilder<string>();
        int count = 0;
        while (reader.Json.NextElement())
        {
            if (!reader.ReadString("upstream", int.MaxValue, out ReadOnlySpan<byte> id)) continue;
            if (!StreamName.IsValid(id)) reader.Problem("upstream", WireNames.StreamRule);
            else if (count++ < ReportBatchReader.MaxAsked) asked.Add(System.Text.Encoding.UTF8.GetString(id));
        }
        EndList(ref reader, "upstream", count, ReportBatchReader.MaxAsked);
        return asked.ToImmutable();
    }

    private static void EndList(scoped ref WireReader reader, string list, int count, int max)
    {
        reader.Within(null);
        if (count > max) reader.Problem(list, $"has more than {max} entries");
    }

    private static StreamLoad ReadStream(scoped ref WireReader reader, StreamNames? names)
    {
        if (!reader.Enter(JsonKind.Object, "")) return default;
        SeenMembers seen = default;
        ulong stream = 0;
        long viewers = 0, egressBps = 0, ingressBps = 0;
        long? sinceUnixMs = null;
        while (reader.Json.NextMember(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("id"u8))
            {
                if (!reader.Take(ref seen, IdBit, "id") || !reader.ReadString("id", int.MaxValue, out ReadOnlySpan<byte> id)) continue;
                if (!StreamName.IsValid(id))
                {
                    reader.Problem("id", WireNames.StreamRule);
                    continue;
                }
                stream = StreamName.Hash(id);
                names?.Learn(stream, id);
            }
            else if (name.SequenceEqual("viewers"u8))
            {
                if (reader.Take(ref seen, ViewersBit, "viewers")) reader.ReadInteger("viewers", 0, int.MaxValue, out viewers);
            }
            else if (name.SequenceEqual("egress_bps"u8))
            {
                if (reader.Take(ref seen, EgressBit, "egress_bps")) reader.ReadInteger("egress_bps", 0, ReportParser.MaxBps, out egressBps);
            }
            else if (name.SequenceEqual("since"u8))
            {
                if (reader.Take(ref seen, SinceBit, "since")) sinceUnixMs = ReportParser.ReadMoment(ref reader, "since");
            }
            else if (name.SequenceEqual("ingress_bps"u8))
            {
                if (reader.Take(ref seen, IngressBit, "ingress_bps")) reader.ReadInteger("ingress_bps", 0, ReportParser.MaxBps, out ingressBps);
            }
            else
            {
                reader.Json.Skip();
            }
        }
        reader.Require(seen, IdBit, "id");
        if (!seen.Has(IngressBit)) reader.Require(seen, ViewersBit, "viewers");
        return new StreamLoad(stream, (int)viewers, ReportParser.ToKbps(egressBps))
        {
            IngressKbps = seen.Has(IngressBit) ? ReportParser.ToKbps(ingressBps) : null,
            SinceUnixMs = sinceUnixMs,
        };
    }

    private static bool IsReplica(ReadOnlySpan<byte> key, out byte replica) =>
        Utf8Parser.TryParse(key, out replica, out int consumed) && consumed == key.Length && key[0] is >= (byte)'1' and <= (byte)'9';

    private static ReplicaLoad ReadReplica(scoped ref WireReader reader, byte replica)
    {
        if (!reader.Enter(JsonKind.Object, "")) return default;
        SeenMembers seen = default;
        long sessions = 0, egressBps = 0, limitBps = 0, limitMs = 0, heldBps = 0, heldMs = 0, startedBps = 0, since = 0;
        while (reader.Json.NextMember(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("sessions"u8))
            {
                if (reader.Take(ref seen, SessionsBit, "sessions")) reader.ReadInteger("sessions", 0, int.MaxValue, out sessions);
            }
            else if (name.SequenceEqual("egress_bps"u8))
            {
                if (reader.Take(ref seen, EgressBit, "egress_bps")) reader.ReadInteger("egress_bps", 0, ReportParser.MaxBps, out egressBps);
            }
            else if (name.SequenceEqual("limit_bps"u8))
            {
                if (reader.Take(ref seen, LimitBit, "limit_bps")) reader.ReadInteger("limit_bps", 0, ReportParser.MaxBps, out limitBps);
            }
            else if (name.SequenceEqual("limit_ms"u8))
            {
                if (reader.Take(ref seen, LimitMsBit, "limit_ms")) reader.ReadInteger("limit_ms", 1, MaxTermMs, out limitMs);
            }
            else if (name.SequenceEqual("held_bps"u8))
            {
                if (reader.Take(ref seen, HeldBit, "held_bps")) reader.ReadInteger("held_bps", 0, ReportParser.MaxBps, out heldBps);
            }
            else if (name.SequenceEqual("held_ms"u8))
            {
                if (reader.Take(ref seen, HeldMsBit, "held_ms")) reader.ReadInteger("held_ms", 1, MaxTermMs, out heldMs);
            }
            else if (name.SequenceEqual("started_bps"u8))
            {
                if (reader.Take(ref seen, StartedBit, "started_bps")) reader.ReadInteger("started_bps", 0, ReportParser.MaxBps, out startedBps);
            }
            else if (name.SequenceEqual("started_since"u8))
            {
                if (reader.Take(ref seen, SinceBit, "started_since")) reader.ReadInteger("started_since", 0, AdmissionPeriod.Count - 1, out since);
            }
            else
            {
                reader.Json.Skip();
            }
        }
        reader.Require(seen, SessionsBit, "sessions");
        reader.Require(seen, EgressBit, "egress_bps");
        ReplicaLoad load = new(replica, (int)sessions, ReportParser.ToKbps(egressBps));
        if (seen.Has(StartedBit | SinceBit))
        {
            reader.Require(seen, StartedBit, "started_bps");
            reader.Require(seen, SinceBit, "started_since");
            load = load with { Started = new StartedLoad((byte)since, startedBps / 1_000) };
        }
        if (!seen.Has(GrantBits)) return load;
        reader.Require(seen, LimitBit, "limit_bps");
        reader.Require(seen, LimitMsBit, "limit_ms");
        reader.Require(seen, HeldBit, "held_bps");
        reader.Require(seen, HeldMsBit, "held_ms");
        if (heldBps > limitBps) reader.Problem("held_bps", "must not be over limit_bps");
        if (heldMs < limitMs) reader.Problem("held_ms", "must not be under limit_ms");
        // Rounded down: rounding must not make leases add up to more than they were.
        return load with { Grant = new EscrowGrant(limitBps / 1_000, (int)limitMs, heldBps / 1_000, (int)heldMs) };
    }

    private static ReportedLimit ReadLimit(scoped ref WireReader reader)
    {
        if (!reader.Enter(JsonKind.Object, "")) return default;
        SeenMembers seen = default;
        double hard = 0, current = 0;
        while (reader.Json.NextMember(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("type"u8))
            {
                if (reader.Take(ref seen, TypeBit, "type")) reader.ReadText("type", MaxLimitType, out _);
            }
            else if (name.SequenceEqual("hard"u8))
            {
                if (reader.Take(ref seen, HardBit, "hard") && reader.ReadReal("hard", 0, MaxLimit, out hard) && hard == 0)
                    reader.Problem("hard", "must be over 0");
            }
            else if (name.SequenceEqual("soft"u8))
            {
                if (reader.Take(ref seen, SoftBit, "soft")) reader.ReadReal("soft", 0, MaxLimit, out _);
            }
            else if (name.SequenceEqual("current"u8))
            {
                if (reader.Take(ref seen, CurrentBit, "current")) reader.ReadReal("current", 0, MaxLimit, out current);
            }
            else
            {
                reader.Json.Skip();
            }
        }
        reader.Require(seen, TypeBit, "type");
        reader.Require(seen, HardBit, "hard");
        return new ReportedLimit(hard, current);
    }

    private static ReportedPull ReadPull(scoped ref WireReader reader)
    {
        if (!reader.Enter(JsonKind.Object, "")) return default;
        SeenMembers seen = default;
        ulong upstream = 0;
        long bps = 0, streams = 0;
        while (reader.Json.NextMember(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("upstream"u8))
            {
                if (reader.Take(ref seen, UpstreamBit, "upstream"))
                {
                    if (reader.ReadText("upstream", WireNames.MaxNodeIdLength, out ReadOnlySpan<byte> id)) upstream = StreamName.Hash(id);
                }
            }
            else if (name.SequenceEqual("bps"u8))
            {
                if (reader.Take(ref seen, BpsBit, "bps")) reader.ReadInteger("bps", 0, ReportParser.MaxBps, out bps);
            }
            else if (name.SequenceEqual("streams"u8))
            {
                if (reader.Take(ref seen, StreamsBit, "streams")) reader.ReadInteger("streams", 0, int.MaxValue, out streams);
            }
            else
            {
                reader.Json.Skip();
            }
        }
        reader.Require(seen, UpstreamBit, "upstream");
        reader.Require(seen, BpsBit, "bps");
        return new ReportedPull(upstream, ReportParser.ToKbps(bps), (int)streams);
    }
}
