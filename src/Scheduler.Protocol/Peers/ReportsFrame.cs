using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Scheduler.Core.Capacity;

namespace Scheduler.Protocol.Peers;

/// <summary>
/// Payload of <see cref="FrameType.Reports"/>: reports, one after the other. Each is its node, its age and the fields of <see cref="NodeReport"/> in their order;
/// what may be missing is announced by a byte of flags.
/// </summary>
public static class ReportsFrame
{
    /// <summary>Bytes of the longest report, with all its lists full.</summary>
    public const int MaxReport = 16 * 1024;

    private const int MostLimits = 16;
    private const int MostStreams = 64;
    private const int MostReplicas = byte.MaxValue;
    private const int HasAt = 1;
    private const int HasCpu = 2;

    /// <summary>Appends a report.</summary>
    public static void Append(PayloadWriter output, int node, long ageMs, in NodeReport report)
    {
        output.Whole(node);
        output.Whole(ageMs);
        output.Whole(report.Incarnation);
        output.Whole(report.Sequence);
        output.Byte((byte)((report.AtUnixMs is null ? 0 : HasAt) | (report.CpuRatio is null ? 0 : HasCpu)));
        if (report.AtUnixMs is { } at) output.Signed(at);
        output.Whole(report.CapacityKbps);
        output.Whole(report.EgressKbps);
        output.Whole(report.Sessions);
        output.Byte((byte)report.State);
        if (report.CpuRatio is { } cpu) output.Real(cpu);
        output.Whole(report.Limits.Length);
        foreach (ReportedLimit limit in report.Limits)
        {
            output.Real(limit.Hard);
            output.Real(limit.Current);
        }
        output.Whole(report.Streams.Length);
        foreach (StreamLoad stream in report.Streams)
        {
            output.Word(stream.Stream);
            output.Whole(stream.Viewers);
            output.Whole(stream.EgressKbps);
        }
        output.Whole(report.ByReplica.Length);
        foreach (ReplicaLoad load in report.ByReplica) Append(output, load);
    }

    /// <summary>Reads the next report.</summary>
    /// <param name="input">The payload, or what is left of it.</param>
    /// <param name="relayed">The report.</param>
    /// <returns>False at the end, and when what follows is no report; <see cref="PayloadReader.Failed"/> tells which.</returns>
    public static bool TryReadNext(scoped ref PayloadReader input, out RelayedReport relayed)
    {
        relayed = default;
        if (input.Left == 0) return false;
        int node = (int)input.Whole(int.MaxValue);
        long age = input.Whole();
        long incarnation = input.Whole(), sequence = input.Whole();
        int flags = input.Byte();
        long? at = (flags & HasAt) == 0 ? null : input.Signed();
        long capacity = input.Whole(), egress = input.Whole();
        int sessions = (int)input.Whole(int.MaxValue);
        var state = (NodeState)Math.Min(input.Byte(), (byte)NodeState.Down);
        double? cpu = (flags & HasCpu) == 0 ? null : input.Real(0, 1);
        var report = new NodeReport(
            incarnation, sequence, at, capacity, egress, sessions, state, cpu, ReadLimits(ref input), ReadStreams(ref input), ReadReplicas(ref input));
        relayed = new RelayedReport(node, age, report);
        return !input.Failed;
    }

    private static void Append(PayloadWriter output, ReplicaLoad load)
    {
        output.Byte((byte)load.Replica);
        output.Byte(load.Grant is null ? (byte)0 : (byte)1);
        output.Whole(load.Sessions);
        output.Whole(load.EgressKbps);
        if (load.Grant is not { } grant) return;
        output.Whole(grant.LimitKbps);
        output.Whole(grant.LimitMs);
        output.Whole(grant.HeldKbps);
        output.Whole(grant.HeldMs);
    }

    private static ImmutableArray<ReportedLimit> ReadLimits(ref PayloadReader input)
    {
        var limits = new ReportedLimit[input.Count(2 * sizeof(double), MostLimits)];
        foreach (ref ReportedLimit limit in limits.AsSpan()) limit = new ReportedLimit(input.Real(double.Epsilon, double.MaxValue), input.Real(0, double.MaxValue));
        return ImmutableCollectionsMarshal.AsImmutableArray(limits);
    }

    private static ImmutableArray<StreamLoad> ReadStreams(ref PayloadReader input)
    {
        var streams = new StreamLoad[input.Count(sizeof(ulong) + 2, MostStreams)];
        foreach (ref StreamLoad stream in streams.AsSpan()) stream = new StreamLoad(input.Word(), (int)input.Whole(int.MaxValue), input.Whole());
        return ImmutableCollectionsMarshal.AsImmutableArray(streams);
    }

    private static ImmutableArray<ReplicaLoad> ReadReplicas(ref PayloadReader input)
    {
        var loads = new ReplicaLoad[input.Count(4, MostReplicas)];
        foreach (ref ReplicaLoad load in loads.AsSpan())
        {
            byte replica = input.Byte();
            bool isGranted = input.Byte() != 0;
            load = new ReplicaLoad(replica, (int)input.Whole(int.MaxValue), input.Whole());
            if (isGranted) load = load with { Grant = new EscrowGrant(input.Whole(), (int)input.Whole(int.MaxValue), input.Whole(), (int)input.Whole(int.MaxValue)) };
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(loads);
    }
}
