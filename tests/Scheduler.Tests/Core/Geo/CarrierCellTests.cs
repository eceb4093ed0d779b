using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Tests.Core.Geo;

/// <summary>Cells of one carrier: where they are made, what they are called, and that they stay.</summary>
public class CarrierCellTests
{
    private const string World = "2.0.0.0/9 FR Paris; 2.128.0.0/16 FR Marseille; 81.0.0.0/9 GB London";

    /// <summary>Paris: 7 has a half, 8 an eighth, 9 too little. Marseille: all of it is 7's. London: 5089 has a quarter.</summary>
    private const string Carriers = """
        2.0.0.0,2.63.255.255,7,Seven
        2.64.0.0,2.79.255.255,8,Eight
        2.80.0.0,2.80.255.255,9,Nine
        2.128.0.0,2.128.255.255,7,Seven
        81.32.0.0,81.63.255.255,5089,Virgin Media
        """;

    private static readonly City[] Cities =
    [
        new("Paris", "FR", new GeoPoint(48.86, 2.34), 2_000_000), new("Marseille", "FR", new GeoPoint(43.30, 5.37), 800_000),
        new("London", "GB", new GeoPoint(51.51, -0.13), 8_000_000),
    ];

    [Fact]
    public void A_carrier_with_a_good_share_of_a_place_has_a_cell_of_its_own()
    {
        CellMap map = Build(Carriers);
        Assert.Equal("GB-51n-000e-5089", At(map, "81.40.0.1").Id);
        Assert.Equal(new Carrier(5089, "Virgin Media"), At(map, "81.40.0.1").Carrier);
        Assert.Equal(("FR-48n-002e-7", "FR-48n-002e-8"), (At(map, "2.1.1.1").Id, At(map, "2.64.0.1").Id));
        Cell common = At(map, "2.100.0.1");
        Assert.Null(common.Carrier);
        Assert.Equal(common, At(map, "2.80.0.1")); // too small a share
        Assert.Equal("Paris", At(map, "2.1.1.1").Place);
        Assert.Equal(common.Location, At(map, "2.1.1.1").Location);
    }

    [Fact]
    public void A_place_that_is_all_one_carrier_s_is_not_split() => Assert.Null(At(Build(Carriers), "2.128.0.1").Carrier);

    [Fact]
    public void Common_cells_keep_the_ids_they_have_without_carriers()
    {
        string[] split = [.. Build(Carriers).Cells.Where(c => c.Carrier is null).Select(c => c.Id)];
        Assert.Equal(Build(null).Cells.Select(c => c.Id), split);
    }

    [Fact]
    public void People_and_addresses_of_a_place_are_shared_and_none_is_lost()
    {
        CellMap whole = Build(null), split = Build(Carriers);
        foreach (IGrouping<GeoPoint, Cell> place in split.Cells.GroupBy(c => c.Location))
        {
            Cell before = whole.Cells.Single(c => c.Location == place.Key);
            Assert.Equal((before.Population, before.AddressWeight), (place.Sum(c => c.Population), place.Sum(c => c.AddressWeight)));
        }
        Assert.Equal((1_000_000, 1 << 22), (At(split, "2.1.1.1").Population, At(split, "2.1.1.1").AddressWeight));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "5089")]
    [InlineData(2, "7 5089")]
    public void The_cells_are_bounded_and_go_where_most_people_are(int cells, string carriers) =>
        Assert.Equal(carriers, string.Join(' ', Build(Carriers, options: new CellMapOptions { TargetCells = 1, CarrierCells = cells })
            .Cells.Select(c => c.Carrier?.Asn).OfType<uint>().Order()));

    [Fact]
    public void Cells_of_carriers_keep_their_ids_while_the_carrier_has_addresses_there()
    {
        CellMap before = Build(Carriers);
        // 7 has lost all but 4,096 addresses of Paris, 8 has gone, 5089 has grown to half of London.
        CellMap after = Build("2.0.0.0,2.0.15.255,7,Seven renamed\n81.0.0.0,81.63.255.255,5089,Virgin Media", before.Cells);
        Assert.Equal((At(before, "2.0.0.1").Id, "Seven renamed"), (At(after, "2.0.0.1").Id, At(after, "2.0.0.1").Carrier!.Name));
        Assert.Equal("GB-51n-000e-5089", At(after, "81.0.0.1").Id);
        Assert.DoesNotContain(after.Cells, c => c.Carrier?.Asn == 8);
        Assert.Equal(Bytes(after), Bytes(Build("2.0.0.0,2.0.15.255,7,Seven renamed\n81.0.0.0,81.63.255.255,5089,Virgin Media", after.Cells)));
        Assert.All(Build(null, before.Cells).Cells, c => Assert.Null(c.Carrier));
    }

    [Fact]
    public void Two_places_of_one_square_do_not_share_the_id_of_a_carrier_s_cell()
    {
        const string places = "2.0.0.0/12 FR Paris 48.10 2.10; 2.16.0.0/12 FR Orleans 48.90 2.90";
        CellMap map = Build("2.0.0.0,2.7.255.255,7,a\n2.16.0.0,2.23.255.255,7,a", world: places, options: new CellMapOptions { TargetCells = 2 });
        Cell[] own = [.. map.Cells.Where(c => c.Carrier is not null)];
        Assert.Equal(2, own.Select(c => c.Location).Distinct().Count());
        Assert.Contains("FR-48n-002e-7", own.Select(c => c.Id));
        Cell second = own.Single(c => c.Id != "FR-48n-002e-7");
        Assert.Equal(map.Cells.Single(c => c.Location == second.Location && c.Carrier is null).Id + "-7", second.Id);
    }

    [Fact]
    public void A_new_place_does_not_take_the_id_of_a_carrier_s_cell()
    {
        CellMap plain = Build(null);
        Cell paris = plain.Cells.Single(c => c.Place == "Paris");
        // A carrier's cell of another place that happens to have the id which Paris would get.
        Cell before = plain.Cells.Single(c => c.Place == "London") with { Id = paris.Id, Carrier = new Carrier(5089, "") };
        CellMap after = Build(Carriers, [plain.Cells.Single(c => c.Place == "London"), before]);
        Assert.Equal(paris.Id, At(after, "81.40.0.1").Id);
        Assert.Equal(after.Cells.Length, after.Cells.Select(c => c.Id).Distinct().Count());
    }

    [Fact]
    public void IPv6_networks_count_for_the_carrier_that_has_most_of_them()
    {
        var builder = new CellMapBuilder(
            new CellMapOptions { TargetCells = 1, CarrierMinAddresses = 256 },
            CarrierTableTests.Read("2a00:1::,2a00:1:3fff:ffff:ffff:ffff:ffff:ffff,1,small\n2a00:1:4000::,2a00:1:ffff:ffff:ffff:ffff:ffff:ffff,2,large"));
        Assert.True(builder.TryAdd(MmdbReaderTests.Open(MmdbFile.City(6, ("2a00:1::/32", "GB", "London", 51.5f, -0.1f), ("2a00:2::/32", "GB", "London", 51.5f, -0.1f))), out _));
        CellMap map = builder.Build(TestMaps.Made, "", [], []);
        Assert.Equal((2u, 256L), (At(map, "2a00:1:8000::1").Carrier!.Asn, At(map, "2a00:1:8000::1").AddressWeight));
        Assert.Null(At(map, "2a00:1::1").Carrier); // a quarter of one network is none
    }

    [Fact]
    public void Unknown_addresses_and_zones_by_coordinates_go_to_no_carrier_s_cell()
    {
        CellMap map = Build("81.32.0.0,81.95.255.255,5089,Virgin Media\n81.96.0.0,81.127.255.254,6,Six");
        Assert.True(CellLocator.TryCreate(map, null, [], out CellLocator? locator, out _));
        Assert.Null(locator.DefaultCell.Carrier);
        Assert.True(map.TryFindNearest(new GeoPoint(51.5, -0.1), out int nearest));
        Assert.Equal(("London", null), (map.Cells[nearest].Place, map.Cells[nearest].Carrier));
    }

    [Fact]
    public void Every_address_has_the_cell_that_its_place_and_carrier_say() => Prop
        .ForAll(Gen.Choose(0, 255).Four().ListOf(6).ToArbitrary(), ranges =>
        {
            // Ascending, apart, with random gaps, over 2.0.0.0/9 of Paris.
            uint at = 0x02000000;
            var rows = new List<(uint First, uint Last, uint Asn)>();
            foreach ((int gap, int size, int asn, int fine) in ranges)
            {
                uint first = at + ((uint)gap << 12), last = first + ((uint)size << 13) + (uint)fine;
                if (last >= 0x02800000) break;
                rows.Add((first, last, (uint)(asn % 3) + 1));
                at = last + 1;
            }
            CellMap map = Build(string.Concat(rows.Select(r => $"{IpKey.FromV4(r.First)},{IpKey.FromV4(r.Last)},{r.Asn},n\n")) + "200.0.0.0,200.0.0.0,1,n",
                options: new CellMapOptions { TargetCells = 1, CarrierMinAddresses = 1, CarrierMinShare = 0 });
            var own = map.Cells.Select(c => c.Carrier?.Asn).OfType<uint>().ToHashSet();
            return rows.SelectMany(r => (uint[])[r.First, r.Last, r.First - 1, r.Last + 1]).Where(a => a is >= 0x02000000 and < 0x02800000).All(a =>
            {
                uint? said = rows.Where(r => r.First <= a && a <= r.Last).Select(r => (uint?)r.Asn).FirstOrDefault();
                return map.TryLocate(a, out CellMatch match) && map.Cells[match.Cell].Carrier?.Asn == (said is { } asn && own.Contains(asn) ? said : null);
            });
        })
        .QuickCheckThrowOnFailure();

    private static CellMap Build(string? carriers, IReadOnlyList<Cell>? previous = null, string world = World, CellMapOptions? options = null)
    {
        var rows = world.Split(';', StringSplitOptions.TrimEntries).Select(row => row.Split(' ')).Select(row => Located(row)).ToArray();
        var builder = new CellMapBuilder(options ?? new CellMapOptions { TargetCells = 1 }, carriers is null ? null : CarrierTableTests.Read(carriers));
        Assert.True(builder.TryAdd(MmdbReaderTests.Open(MmdbFile.City(4, rows)), out MmdbProblem? problem), problem?.ToString());
        return builder.Build(TestMaps.Made, "a test", Cities, previous ?? []);

        static (string, string, string, float, float) Located(string[] row)
        {
            if (row.Length > 3) return (row[0], row[1], row[2], Number(row[3]), Number(row[4]));
            GeoPoint at = Cities.Single(c => c.Name == row[2]).Location;
            return (row[0], row[1], row[2], (float)at.Latitude, (float)at.Longitude);
        }

        static float Number(string text) => float.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(CellMap map) => CellMapCodec.Write(map, 1);

    private static Cell At(CellMap map, string address)
    {
        Assert.True(map.TryLocate(MmdbReaderTests.Key(address), out CellMatch match), address);
        return map.Cells[match.Cell];
    }
}
