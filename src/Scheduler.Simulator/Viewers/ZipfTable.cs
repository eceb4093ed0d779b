using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Viewers;

/// <summary>Draws streams by popularity: the k-th has the weight <c>1 / k^s</c>.</summary>
internal sealed class ZipfTable
{
    private readonly double[] _cumulative;

    /// <summary>Weights of a number of streams.</summary>
    /// <param name="count">Streams; at least 1.</param>
    /// <param name="exponent">s; at least 0.</param>
    public ZipfTable(int count, double exponent)
    {
        _cumulative = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) _cumulative[i] = sum += Math.Pow(i + 1, -exponent);
        for (int i = 0; i < count; i++) _cumulative[i] /= sum;
    }

    /// <summary>The rank of a stream, from 0.</summary>
    public int Draw(Chance chance)
    {
        int found = Array.BinarySearch(_cumulative, chance.NextDouble());
        return Math.Min(found < 0 ? ~found : found + 1, _cumulative.Length - 1);
    }
}
