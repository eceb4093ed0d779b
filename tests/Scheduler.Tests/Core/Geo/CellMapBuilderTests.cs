using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Tests.Core.Geo;

public class CellMapBuilderTests
{
    private static readonly (string, string, string, float, float)[] World =
    [
        ("2.0.0.0/12", "FR", "Paris (1er)", 48.86f, 2.34f),
        ("2.16.0.0/14", "FR", "Versailles", 48.80f, 2.13f),
        ("5.0.0.0/13", "FR", "Marseille", 43.30f, 5.37f),
        ("10.0.0.0/8", "FR", "Paris", 48.86f, 2.34f),
        ("81.2.0.0/16", "GB", "London", 51.51f, -0.13f),
        ("81.3.0.0/16", "GB", "London", 51.52f, -0.12f),
        ("81.4.0.0/31", "GB", "Stornoway", 58.21f, -6.39f),
        ("90.0.0.0/24", "ZZ", "", 0f, 0f),
    ];

    private static readonly City[] Cities =
    [
        new("Paris", "FR", new GeoPoint(48.853, 2.349), 2_000_000),
        new("Boulogne-Billancourt", "FR", new GeoPoint(48.835, 2.241), 100_000),
        new("Marseille", "FR", new GeoPoint(43.297, 5.381), 800_000),
        new("London", "GB", new GeoPoint(51.509, -0.126), 8_000_000),
    ];

    [Fact]
    public void Places_within_reach_share_a_cell_and_others_do_not()
    {
        CellMap map = Build(World);
        Assert.Equal(["Marseille FR", "Paris FR", "London GB"], map.Cells.Select(c => $"{c.Place} {c.Country}"));
        Assert.Equal("Paris", PlaceOf(map, "2.1.2.3"));
        Assert.Equal("Paris", PlaceOf(map, "2.17.0.1"));
        Assert.Equal("Marseille", PlaceOf(map, "5.1.1.1"));
    }

    [Fact]
    public void A_few_addresses_far_from_everything_join_the_nearest_cell() =>
        Assert.Equal("London", PlaceOf(Build(World), "81.4.0.1"));

    [Fact]
    public void Neighbours_of_one_cell_are_merged_into_the_largest_prefix()
    {
        Assert.True(Build(World).TryLocate(MmdbReaderTests.Key("81.3.7.7").V4, out CellMatch match));
        Assert.Equal(15, match.PrefixLength);
    }

    [Fact]
    public void Private_addresses_and_those_without_a_country_have_no_cell()
    {
        CellMap map = Build(World);
        foreach (string address in (string[])["10.1.2.3", "90.0.0.1", "127.0.0.1", "1.1.1.1", "::1", "fe80::1", "2a00::1"])
            Assert.False(map.TryLocate(MmdbReaderTests.Key(address), out _), address);
    }

    [Fact]
    public void A_special_block_inside_a_network_is_cut_out()
    {
        CellMap map = Build(("192.0.0.0/8", "FR", "Paris", 48.86f, 2.34f));
        Assert.True(map.TryLocate(MmdbReaderTests.Key("192.167.255.255"), out _));
        Assert.False(map.TryLocate(MmdbReaderTests.Key("192.168.0.0"), out CellMatch gap));
        Assert.Equal(16, gap.PrefixLength);
        Assert.True(map.TryLocate(MmdbReaderTests.Key("192.169.0.0"), out _));
        Assert.True(map.TryLocate(MmdbReaderTests.Key("192.0.1.255"), out _));
        Assert.False(map.TryLocate(MmdbReaderTests.Key("192.0.2.1"), out _));
    }

    [Fact]
    public void People_are_counted_in_the_nearest_cell_of_their_country()
    {
        CellMap map = Build(World);
        Assert.Equal(2_100_000, map.Cells.Single(c => c.Place == "Paris").Population);
        Assert.Equal(8_000_000, map.Cells.Single(c => c.Place == "London").Population);
        Assert.Equal((1 << 17) + 2, map.Cells.Single(c => c.Place == "London").AddressWeight);
    }

    [Fact]
    public void A_record_with_a_country_alone_goes_to_its_main_cell()
    {
        var file = new MmdbFile(4, 28);
        AddCity(file, "2.0.0.0/12", "FR", "Paris", 48.86, 2.34);
        AddCity(file, "5.0.0.0/13", "FR", "Marseille", 43.30, 5.37);
        file.Add(IpPrefixTests.Parse("6.0.0.0/8"), new Dictionary<string, object> { ["country"] = new Dictionary<string, object> { ["iso_code"] = "FR" } });
        file.Add(IpPrefixTests.Parse("7.0.0.0/8"), new Dictionary<string, object> { ["country_code"] = "gb" });
        CellMap map = Build(MmdbReaderTests.Open(file.ToBytes()), []);
        Assert.Equal("Paris", PlaceOf(map, "6.1.1.1"));
        Assert.Equal("London", PlaceOf(map, "7.1.1.1")); // nothing in the database says where: the largest city does

        static void AddCity(MmdbFile file, string prefix, string country, string city, double latitude, double longitude) => file.Add(IpPrefixTests.Parse(prefix), new Dictionary<string, object>
        {
            ["country"] = new Dictionary<string, object> { ["iso_code"] = country },
            ["city"] = new Dictionary<string, object> { ["names"] = new Dictionary<string, object> { ["en"] = city } },
            ["location"] = new Dictionary<string, object> { ["latitude"] = latitude, ["longitude"] = longitude },
        });
    }

    [Fact]
    public void Ids_tell_country_and_degrees_and_are_the_same_in_every_build()
    {
        CellMap map = Build(World);
        Assert.All(map.Cells, c => Assert.Matches("^[A-Z]{2}-[0-9]{2}[ns]-[0-9]{3}[ew]-[0-9a-f]{4}$", c.Id));
        Assert.StartsWith("GB-51n-000e-", map.Cells.Single(c => c.Place == "London").Id, StringComparison.Ordinal);
        Assert.Equal(CellMapCodec.Write(map, 1), CellMapCodec.Write(Build(World), 1));
        Assert.Equal(map.Cells.Select(c => c.Id), Build([.. World.Reverse().OrderBy(r => MmdbReaderTests.Key(r.Item1.Split('/')[0]))]).Cells.Select(c => c.Id));
    }

    [Fact]
    public void Cells_of_the_map_before_stay_while_they_have_addresses()
    {
        CellMap before = Build(World);
        // Versailles has grown beyond Paris: a fresh map would be built around it.
        (string, string, string, float, float)[] moved = [("2.0.0.0/12", "FR", "Versailles", 48.80f, 2.13f), ("2.16.0.0/14", "FR", "Paris (1er)", 48.86f, 2.34f), World[4]];
        CellMap after = Build(MmdbReaderTests.Open(MmdbFile.City(4, moved)), before.Cells);
        Assert.Equal(before.Cells.Where(c => c.Place != "Marseille").Select(c => (c.Id, c.Location)), after.Cells.Select(c => (c.Id, c.Location)));
    }

    [Fact]
    public void Refinement_goes_where_most_addresses_are_far_from_their_cell()
    {
        var builder = new CellMapBuilder(new CellMapOptions { TargetCells = 3 });
        MmdbReader database = MmdbReaderTests.Open(MmdbFile.City(4,
            ("2.0.0.0/12", "FR", "A", 48f, 2f), ("2.16.0.0/13", "FR", "B", 48.8f, 2f), ("2.24.0.0/16", "FR", "C", 48f, 3.2f), ("2.25.0.0/16", "FR", "Near", 48.1f, 2.1f)));
        Assert.True(builder.TryAdd(database, out _));
        Assert.Equal(["A", "B", "C"], builder.Build(TestMaps.Made, "", [], []).Cells.Select(c => c.Place).Order());
    }

    [Fact]
    public void A_family_given_twice_is_refused()
    {
        var builder = new CellMapBuilder(new CellMapOptions());
        MmdbReader database = MmdbReaderTests.Open(MmdbFile.City(4, World));
        Assert.True(builder.TryAdd(database, out _));
        Assert.False(builder.TryAdd(database, out MmdbProblem? problem));
        Assert.Contains("twice", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_families_share_the_cells()
    {
        var builder = new CellMapBuilder(new CellMapOptions { TargetCells = 1 });
        Assert.True(builder.TryAdd(MmdbReaderTests.Open(MmdbFile.City(4, World)), out _));
        Assert.True(builder.TryAdd(MmdbReaderTests.Open(MmdbFile.City(6, ("2a00:23c0::/28", "GB", "London", 51.51f, -0.13f), ("2a00:23d0::/28", "GB", "London", 51.5f, -0.1f))), out _));
        CellMap map = builder.Build(TestMaps.Made, "", Cities, []);
        Assert.True(map.TryLocate(MmdbReaderTests.Key("2a00:23c1::1"), out CellMatch match));
        Assert.Equal(("London", 27), (map.Cells[match.Cell].Place, match.PrefixLength));
    }

    private static CellMap Build(params (string, string, string, float, float)[] rows) => Build(MmdbReaderTests.Open(MmdbFile.City(4, rows)), []);

    private static CellMap Build(MmdbReader database, IReadOnlyList<Cell> previous)
    {
        var builder = new CellMapBuilder(new CellMapOptions { TargetCells = 1 });
        Assert.True(builder.TryAdd(database, out MmdbProblem? problem), problem?.ToString());
        return builder.Build(TestMaps.Made, "a test", Cities, previous);
    }

    private static string PlaceOf(CellMap map, string address)
    {
        Assert.True(map.TryLocate(MmdbReaderTests.Key(address), out CellMatch match), address);
        return map.Cells[match.Cell].Place;
    }
}
