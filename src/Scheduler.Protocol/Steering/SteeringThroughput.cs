using System.Buffers.Text;

namespace Scheduler.Protocol.Steering;

/// <summary>What players say of their throughput.</summary>
internal static class SteeringThroughput
{
    /// <summary>Less is a player that has hardly begun, or speaks in kbit/s; bit/s.</summary>
    private const long LeastBps = 10_000;

    /// <summary>The most that is believed, bit/s.</summary>
    private const long MostBps = 10_000_000_000;

    /// <summary>The last number of a list, in [<see cref="LeastBps"/>, <see cref="MostBps"/>], bit/s; null when there is none that is credible.</summary>
    /// <remarks>A negative number is one that hls.js has pushed through 32 bits; how often it went around is not known, so nothing is.</remarks>
    public static long? Parse(ReadOnlySpan<byte> value)
    {
        long? bps = null;
        foreach (ReadOnlySpan<byte> word in new ListWords(value))
        {
            // Some players send fractions: what follows the point is less than a bit.
            int point = word.IndexOf((byte)'.');
            ReadOnlySpan<byte> whole = point < 0 ? word : word[..point];
            bps = Utf8Parser.TryParse(whole, out long number, out int read) && read == whole.Length && number >= LeastBps ? Math.Min(number, MostBps) : null;
        }
        return bps;
    }
}
