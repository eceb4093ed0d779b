using System.Numerics;
using Scheduler.Core.Geo;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Dns;

namespace Scheduler.Server.Dns;

/// <summary>
/// Keeps this server from being a weapon: who floods a victim with answers by asking in its name is given few, and a real asker among them is sent to TCP (response rate limiting, Vixie and
/// Schryver). A table of fixed size holds, for each network and name, until when its answers are spent; two that meet in a place share it. For one thread.
/// </summary>
/// <param name="perS">Answers a second, and as many at once; 0 for no limit.</param>
internal sealed class ResponseRateLimiter(int perS)
{
    private const int Places = 1 << 15;
    private const long BurstUs = 1_000_000;

    private readonly long[] _spentUntilUs = perS == 0 ? [] : new long[Places];
    private int _refused;

    /// <summary>Whether an answer may go out.</summary>
    /// <param name="asker">Where it goes.</param>
    /// <param name="outcome">What it answers.</param>
    /// <param name="nowMs">Now, monotonic ms.</param>
    public RateVerdict Judge(IpKey asker, in DnsOutcome outcome, long nowMs)
    {
        if (perS == 0 || outcome.HasValidCookie) return RateVerdict.Send;
        ref long until = ref _spentUntilUs[PlaceOf(asker, in outcome)];
        long nowUs = nowMs * 1_000;
        if (until - nowUs < BurstUs)
        {
            until = Math.Max(until, nowUs) + (BurstUs / perS);
            return RateVerdict.Send;
        }
        return (++_refused & 1) == 0 ? RateVerdict.Truncate : RateVerdict.Drop;
    }

    private static int PlaceOf(IpKey asker, in DnsOutcome outcome)
    {
        ulong network = asker.IsV4 ? asker.V4 >> 8 : (asker.High >> 8) | 1UL << 63;
        // A name that there is not counts as the one above it, and what is of no zone as one: a flood makes up as many as it likes.
        ulong name = outcome.Node is { } node ? StreamName.Hash(node.Name.Wire) : 1;
        ulong z = (network * 0x9E3779B97F4A7C15UL) ^ BitOperations.RotateLeft(name, 17) ^ ((ulong)outcome.Rcode << 48);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        return (int)(z >> 40) & (Places - 1);
    }
}
