using Scheduler.Core.Topology;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Measures;

/// <summary>
/// What the traffic of a run would cost if every month were like it: samples of five minutes, as carriers take them, and the tariff of each site. Unit:
/// that of <see cref="Tariff.PricePerMbps"/> for a month.
/// </summary>
internal sealed class TrafficBill(World world)
{
    private const int SampleS = 300;

    private readonly List<double[]> _samples = [];
    private readonly double[] _sum = new double[world.Fleet.Sites.Length];
    private int _seconds;

    /// <summary>Takes in one second of every site's load.</summary>
    public void Sample(ReadOnlySpan<long> siteKbps)
    {
        for (int s = 0; s < _sum.Length; s++) _sum[s] += siteKbps[s] / 1_000.0;
        if (++_seconds == SampleS) Close();
    }

    /// <summary>The bill; a sample that has begun counts as it stands.</summary>
    public BillSummary Summary()
    {
        if (_seconds > 0) Close();
        double flat = 0, percentile = 0, unused = 0;
        for (int s = 0; s < _sum.Length; s++)
        {
            Tariff tariff = world.Tariffs[s];
            double[] loads = [.. _samples.Select(sample => sample[s]).Order()];
            if (loads.Length == 0) continue;
            if (tariff.Billing == TariffBilling.Percentile95)
            {
                double billed = loads[Math.Max(0, (int)Math.Ceiling(0.95 * loads.Length) - 1)];
                percentile += tariff.PricePerMbps * Math.Max(billed, tariff.Commit.Mbps);
                unused += Math.Max(0, tariff.Commit.Mbps - billed);
            }
            else
            {
                flat += tariff.PricePerMbps * loads.Average();
            }
        }
        return new BillSummary(flat, percentile, unused);
    }

    private void Close()
    {
        _samples.Add([.. _sum.Select(mbps => mbps / _seconds)]);
        Array.Clear(_sum);
        _seconds = 0;
    }
}
