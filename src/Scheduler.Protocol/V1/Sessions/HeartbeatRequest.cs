using Scheduler.Protocol.V1.Json;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>The body of <c>POST /v1/sessions/heartbeat</c>, over the bytes that came.</summary>
public readonly ref struct HeartbeatRequest
{
    /// <summary>Longest round trip that is believed, ms.</summary>
    public const double MaxRttMs = 60_000;

    /// <summary>Longest stall that is believed, ms: a day.</summary>
    public const double MaxStallMs = 86_400_000;

    /// <summary>The session's token, not verified yet.</summary>
    public ReadOnlySpan<byte> Token { get; internal init; }

    /// <summary>Round trip from player to node, ms, in [0, <see cref="MaxRttMs"/>]; null when not measured.</summary>
    public double? RttMs { get; internal init; }

    /// <summary>What the player could draw, bit/s, at least 0; null when not measured.</summary>
    public long? ThroughputBps { get; internal init; }

    /// <summary>How long playing stood still since the last beat, ms, in [0, <see cref="MaxStallMs"/>]; null when not measured.</summary>
    public double? StallMs { get; internal init; }

    /// <summary>Reads a body, by the rules of <see cref="SessionRequest.TryParse"/>.</summary>
    /// <param name="utf8">The body; the request points into it.</param>
    /// <param name="request">The request, when there is no problem.</param>
    /// <param name="problems">Everything wrong with it.</param>
    /// <returns>True when there is no problem.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out HeartbeatRequest request, out WireProblems problems)
    {
        WireReader reader = new(utf8);
        request = reader.EnterMessage() ? ReadMembers(ref reader) : default;
        bool ok = reader.End();
        problems = reader.Problems;
        return ok;
    }

    private static HeartbeatRequest ReadMembers(scoped ref WireReader reader)
    {
        const uint TokenBit = 1, RttBit = 2, ThroughputBit = 4, StallBit = 8;
        SeenMembers seen = default;
        ReadOnlySpan<byte> token = default;
        double? rttMs = null, stallMs = null;
        long? throughputBps = null;
        while (reader.Json.NextMember(out ReadOnlySpan<byte> name))
        {
            switch (name.Length)
            {
                case 5 when name.SequenceEqual("token"u8):
                    if (reader.Take(ref seen, TokenBit, "token")) reader.ReadString("token", SessionRequest.MaxTokenLength, out token);
                    break;
                case 6 when name.SequenceEqual("rtt_ms"u8):
                    if (reader.Take(ref seen, RttBit, "rtt_ms")) rttMs = reader.RealOrNull("rtt_ms", 0, MaxRttMs);
                    break;
                case 14 when name.SequenceEqual("throughput_bps"u8):
                    if (reader.Take(ref seen, ThroughputBit, "throughput_bps"))
                        throughputBps = reader.IntegerOrNull("throughput_bps", 0, SessionRequest.MaxBitrateBps);
                    break;
                case 8 when name.SequenceEqual("stall_ms"u8):
                    if (reader.Take(ref seen, StallBit, "stall_ms")) stallMs = reader.RealOrNull("stall_ms", 0, MaxStallMs);
                    break;
                default:
                    reader.Json.Skip();
                    break;
            }
        }
        reader.Require(seen, TokenBit, "token");
        return new HeartbeatRequest { Token = token, RttMs = rttMs, ThroughputBps = throughputBps, StallMs = stallMs };
    }
}
