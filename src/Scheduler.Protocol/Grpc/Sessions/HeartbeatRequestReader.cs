using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.Grpc.Sessions;

/// <summary>Reads <c>scheduler.v1.HeartbeatRequest</c>.</summary>
public static class HeartbeatRequestReader
{
    /// <inheritdoc cref="AssignRequestReader.TryRead"/>
    public static bool TryRead(ReadOnlySpan<byte> message, out HeartbeatRequest request, out WireProblems problems)
    {
        var reader = new ProtobufReader(message);
        MessageFields fields = default;
        ReadOnlySpan<byte> token = default;
        double? rttMs = null, stallMs = null;
        long? throughputBps = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Is(WireType.Bytes): token = reader.Text(); break;
                case 2 when reader.Is(WireType.Fixed64): rttMs = reader.Double(); break;
                case 3 when reader.Is(WireType.Varint): throughputBps = reader.Int64(); break;
                case 4 when reader.Is(WireType.Fixed64): stallMs = reader.Double(); break;
                default: reader.Skip(); break;
            }
        }
        if (token.IsEmpty) fields.Require(false, "token");
        else fields.Token("token", token);
        if (rttMs is { } rtt) fields.Range("rtt_ms", rtt, 0, HeartbeatRequest.MaxRttMs);
        if (throughputBps is { } bps) fields.Range("throughput_bps", bps, 0, SessionRequest.MaxBitrateBps);
        if (stallMs is { } stall) fields.Range("stall_ms", stall, 0, HeartbeatRequest.MaxStallMs);
        bool isGood = fields.End(in reader);
        problems = fields.Problems;
        request = isGood ? new HeartbeatRequest { Token = token, RttMs = rttMs, ThroughputBps = throughputBps, StallMs = stallMs } : default;
        return isGood;
    }
}
