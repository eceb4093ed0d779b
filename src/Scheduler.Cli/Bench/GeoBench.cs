using System.Diagnostics;
using Scheduler.Core.Geo;

namespace Scheduler.Cli.Bench;

/// <summary>Measures address look-ups on one core: random addresses that the map knows, made before the clock starts.</summary>
public static class GeoBench
{
    private const int Addresses = 1 << 20; // more than any cache of the look-up tables would forgive
    private const int Rounds = 15;

    /// <summary>Runs <c>geo-ipv4</c> and <c>geo-ipv6</c>.</summary>
    /// <param name="map">The map.</param>
    /// <param name="seed">Seed of the addresses.</param>
    public static IReadOnlyList<BenchResult> Run(CellMap map, int seed)
    {
        ArgumentNullException.ThrowIfNull(map);
        var random = new Random(seed);
        uint[] v4 = RandomV4(map, random);
        IpKey[] v6 = RandomV6(map, random);
        return
        [
            Measure("geo-ipv4", () => Locate(map, v4)),
            Measure("geo-ipv6", () => Locate(map, v6)),
        ];
    }

    private static long Locate(CellMap map, uint[] addresses)
    {
        long sum = 0;
        foreach (uint address in addresses)
        {
            map.TryLocate(address, out CellMatch match);
            sum += match.Cell + match.PrefixLength;
        }
        return sum;
    }

    private static long Locate(CellMap map, IpKey[] addresses)
    {
        long sum = 0;
        foreach (IpKey address in addresses)
        {
            map.TryLocate(address, out CellMatch match);
            sum += match.Cell + match.PrefixLength;
        }
        return sum;
    }

    private static BenchResult Measure(string name, Func<long> round)
    {
        long sum = 0;
        for (int i = 0; i < 5; i++) sum += round(); // tiered compilation settles
        double[] ns = new double[Rounds];
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            sum += round();
            ns[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Addresses;
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(ns);
        GC.KeepAlive(sum); // the work has a reader, so it is not optimised away
        double median = ns[Rounds / 2];
        return new BenchResult(name, median, 1e9 / median, allocated / (double)((long)Addresses * Rounds)) { BestNsPerOp = ns[0] };
    }

    private static uint[] RandomV4(CellMap map, Random random)
    {
        uint[] addresses = new uint[Addresses];
        for (int i = 0; i < addresses.Length;)
        {
            addresses[i] = (uint)random.NextInt64(1L << 32);
            if (map.TryLocate(addresses[i], out _)) i++;
        }
        return addresses;
    }

    /// <summary>A random block, then a random address in it: IPv6 space itself is nearly all one operator's or nobody's.</summary>
    private static IpKey[] RandomV6(CellMap map, Random random)
    {
        CellRange[] ranges = [.. map.Ranges(v4: false)];
        IpKey[] addresses = new IpKey[Addresses];
        for (int i = 0; i < addresses.Length; i++)
        {
            CellRange range = ranges[random.Next(ranges.Length)];
            UInt128 size = range.Last.Value - range.First.Value + 1;
            var offset = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64());
            addresses[i] = new IpKey(range.First.Value + (size == 0 ? offset : offset % size));
        }
        return addresses;
    }
}
