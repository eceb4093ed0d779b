using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

public class CellMapTests
{
    [Fact]
    public void IPv4_lookup_equals_a_linear_scan() => Prop
        .ForAll<int>(seed => Agrees(seed, bits: 32))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    /// <summary>Blocks of runs end at 8, the directory tells at most 255 blocks, and of more than 512 words some are halved away.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(2_040)]
    [InlineData(2_041)]
    [InlineData(30_000)]
    [InlineData(65_536)]
    public void A_crowded_16_answers_for_each_of_its_addresses(int runs)
    {
        const uint First = 0x51020000;
        int[] starts = [0, .. Enumerable.Range(1, 65_535).OrderBy(low => (low * 40_503) & 0xFFFF).Take(runs - 1).Order()];
        ushort CodeOf(int run) => run % 2 == 0 ? (ushort)1 : (ushort)CellCode.MaxCells;
        CellMap map = TestMaps.Of([(0, 0), .. starts.Select((low, run) => (First + (uint)low, (int)CodeOf(run))), (First + 0x10000, 0)], [(0, 0)]);
        for (int low = 0, run = 0; low < 65_536; low++)
        {
            if (run + 1 < starts.Length && starts[run + 1] == low) run++;
            Assert.True(map.TryLocate(First + (uint)low, out CellMatch match));
            Assert.Equal(CodeOf(run) - 1, match.Cell);
        }
        Assert.False(map.TryLocate(First + 0x10000, out _));
        Assert.Equal(runs, map.Ranges(v4: true).Count());
    }

    [Fact]
    public void IPv6_lookup_equals_a_linear_scan() => Prop
        .ForAll<int>(seed => Agrees(seed, bits: 128))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Runs_come_back_as_they_went_in() => Prop
        .ForAll<int>(seed =>
        {
            (UInt128 First, int Code)[] v4 = RandomRuns(new Random(seed), 32), v6 = RandomRuns(new Random(~seed), 128);
            CellMap map = TestMaps.Of(v4.Select(r => ((uint)r.First, r.Code)), v6);
            return map.Runs(ofV4: true).Select(r => (r.First, (int)r.Code)).SequenceEqual(v4)
                && map.Runs(ofV4: false).Select(r => (r.First, (int)r.Code)).SequenceEqual(v6);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Ranges_cover_exactly_what_has_a_cell()
    {
        CellRange[] ranges = [.. TestMaps.Small.Ranges()];
        Assert.Equal(
            ["81.2.0.0-81.2.255.255 GB", "91.0.0.0-91.63.255.255 DE", "133.0.0.0-133.255.255.255 JP",
             "2001:200::-2001:3ff:ffff:ffff:ffff:ffff:ffff:ffff JP", "2a00:23c0::-2a00:23ff:ffff:ffff:ffff:ffff:ffff:ffff GB"],
            ranges.Select(r => $"{r.First}-{r.Last} {TestMaps.Cells[r.Cell].Country}"));
    }

    [Fact]
    public void An_address_without_a_cell_still_has_a_prefix()
    {
        Assert.False(TestMaps.Small.TryLocate(0x51030001, out CellMatch match));
        Assert.Equal(16, match.PrefixLength);
        Assert.False(TestMaps.Small.TryLocate(new IpKey(UInt128.MaxValue), out match));
        Assert.Equal(1, match.PrefixLength);
    }

    [Fact]
    public void A_map_of_one_answer_has_prefix_length_zero()
    {
        CellMap map = TestMaps.Of([(0, 1)], [(0, 2)]);
        Assert.True(map.TryLocate(uint.MaxValue, out CellMatch match));
        Assert.Equal(new CellMatch(0, 0), match);
        Assert.True(map.TryLocate(new IpKey(UInt128.MaxValue), out match));
        Assert.Equal(new CellMatch(1, 0), match);
    }

    [Fact]
    public void Locating_allocates_nothing()
    {
        CellMap map = TestMaps.Small;
        IpKey v6 = MmdbReaderTests.Key("2001:200::1");
        map.TryLocate(v6, out _);
        map.TryLocate(0x51020001u, out _);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (uint i = 0; i < 1_000; i++)
            {
                map.TryLocate(0x51020000u + i, out _);
                map.TryLocate(v6, out _);
            }
        }));
    }

    [Fact]
    public void The_nearest_cell_is_found_by_distance_alone()
    {
        Assert.True(TestMaps.Small.TryFindNearest(new Scheduler.Core.Units.GeoPoint(48.85, 2.35), out int cell));
        Assert.Equal("GB", TestMaps.Cells[cell].Country);
        Assert.True(TestMaps.Small.TryFind("JP-35n-139e-0003", out cell));
        Assert.Equal(2, cell);
        Assert.False(TestMaps.Small.TryFind("nowhere", out _));
    }

    private static bool Agrees(int seed, int bits)
    {
        var random = new Random(seed);
        (UInt128 First, int Code)[] runs = RandomRuns(random, bits);
        CellMap map = bits == 32
            ? TestMaps.Of(runs.Select(r => ((uint)r.First, r.Code)), [(0, 0)])
            : TestMaps.Of([(0, 0)], runs);
        UInt128 top = bits == 32 ? uint.MaxValue : UInt128.MaxValue;
        foreach ((UInt128 first, _) in runs)
        {
            foreach (UInt128 address in (UInt128[])[first, first == 0 ? top : first - 1, first == top ? 0 : first + 1, RandomAddress(random, bits), first ^ (ulong)random.Next(1 << 20)])
            {
                IpKey key = bits == 32 ? IpKey.FromV4((uint)address) : new IpKey(address);
                if (key.IsV4 != (bits == 32)) continue; // the mapped block is IPv4's
                bool known = map.TryLocate(key, out CellMatch match);
                (int code, int length) = Scan(runs, address & top, bits);
                if (known != (code != 0) || (known && match.Cell != code - 1) || match.PrefixLength != length) return false;
            }
        }
        return true;
    }

    /// <summary>The answer by looking at every run, and the length by trying every block.</summary>
    private static (int Code, int Length) Scan((UInt128 First, int Code)[] runs, UInt128 address, int bits)
    {
        UInt128 top = bits == 32 ? uint.MaxValue : UInt128.MaxValue;
        int at = Array.FindLastIndex(runs, r => r.First <= address);
        UInt128 first = runs[at].First, last = at + 1 < runs.Length ? runs[at + 1].First - 1 : top;
        for (int length = 0; ; length++)
        {
            UInt128 host = length == bits ? 0 : top >> length;
            if ((address & ~host) >= first && (address | host) <= last) return (runs[at].Code, length);
        }
    }

    /// <summary>Gapless runs with other codes side by side, crowded in places as real ones are.</summary>
    private static (UInt128 First, int Code)[] RandomRuns(Random random, int bits)
    {
        var starts = new SortedSet<UInt128> { 0 };
        int count = random.Next(60);
        UInt128 crowd = RandomAddress(random, bits), top = bits == 32 ? uint.MaxValue : UInt128.MaxValue;
        for (int i = 0; i < count; i++)
        {
            if (random.Next(8) == 0) crowd = RandomAddress(random, bits);
            UInt128 near = crowd ^ ((UInt128)(uint)random.Next(1 << random.Next(1, 16)) << random.Next(0, bits - 16));
            starts.Add(random.Next(2) == 0 ? near & top : near & top & ~((UInt128.One << random.Next(bits)) - 1));
        }
        int code = 0;
        return [.. starts.Select(first => (first, code = (code + random.Next(1, 4)) % 4))];
    }

    private static UInt128 RandomAddress(Random random, int bits)
    {
        var value = new UInt128((ulong)random.NextInt64(long.MinValue, long.MaxValue), (ulong)random.NextInt64(long.MinValue, long.MaxValue));
        return bits == 32 ? (uint)value : random.Next(3) == 0 ? value : (value >> 3) | (UInt128.One << 125);
    }
}
