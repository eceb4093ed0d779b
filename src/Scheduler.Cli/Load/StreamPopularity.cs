using System.Globalization;
using System.Text;

namespace Scheduler.Cli.Load;

/// <summary>
/// The streams that viewers watch. The k-th most popular draws 1/k of what the first draws (Zipf's law with exponent 1, the middle of what is
/// measured on live platforms).
/// </summary>
internal sealed class StreamPopularity
{
    // Ladders of live platforms: mobile, SD, HD, full HD. A stream keeps its rate.
    private static readonly int[] LadderKbps = [1_200, 2_500, 4_500, 6_000];

    private readonly double[] _cumulative;
    private readonly byte[][] _names;

    /// <summary>Streams <c>load-1</c> to <c>load-N</c>.</summary>
    /// <param name="streams">N, at least 1.</param>
    public StreamPopularity(int streams)
    {
        _cumulative = new double[streams];
        _names = new byte[streams][];
        double sum = 0;
        for (int k = 0; k < streams; k++)
        {
            sum += 1.0 / (k + 1);
            _cumulative[k] = sum;
            _names[k] = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"load-{k + 1}"));
        }
    }

    /// <summary>Draws a stream.</summary>
    public int Draw(Random random)
    {
        int found = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        return Math.Min(found < 0 ? ~found : found, _cumulative.Length - 1);
    }

    /// <summary>Name of a stream.</summary>
    public ReadOnlySpan<byte> Name(int stream) => _names[stream];

    /// <summary>Bit rate of a stream, kbit/s.</summary>
    public static int Kbps(int stream) => LadderKbps[stream % LadderKbps.Length];
}
