using System.CommandLine;
using System.Text.Json;
using Scheduler.Cli.Geo;
using Scheduler.Core.Geo;
using Scheduler.Tests.Core.Geo;
using Spectre.Console;

namespace Scheduler.Tests.Cli.Geo;

public sealed class GeoCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduler-geo-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Build_makes_a_map_that_check_accepts()
    {
        string v4 = Put("v4.mmdb", MmdbFile.City(4, ("2.0.0.0/12", "FR", "Paris", 48.86f, 2.34f), ("81.2.0.0/16", "GB", "London", 51.51f, -0.13f)));
        string v6 = Put("v6.mmdb", MmdbFile.City(6, ("2a00:23c0::/28", "GB", "London", 51.51f, -0.13f)));
        string map = Path.Combine(_folder.FullName, "out", "world.cells");
        Assert.Equal(0, Run("build", "--city-v4", v4, "--city-v6", v6, "--out", map, "--quality", "1", "--source", "a test"));

        Assert.True(MapFile.TryLoad(map, out CellMap? loaded, out string? reason), reason);
        Assert.Equal(["London", "Paris"], loaded.Cells.Select(c => c.Place).Order());
        Assert.Equal("a test", loaded.Source);
        Assert.Equal(0, Run("check", "--map", map, "--city-v4", v4, "--city-v6", v6, "--samples", "1000"));

        byte[] first = File.ReadAllBytes(map);
        Assert.Equal(0, Run("build", "--city-v4", v4, "--city-v6", v6, "--out", map, "--quality", "1", "--source", "a test"));
        Assert.Equal(first, File.ReadAllBytes(map)); // a rebuild on top of itself is the same file
    }

    [Fact]
    public void Build_splits_cells_by_the_carriers_of_both_forms()
    {
        string v4 = Put("v4.mmdb", MmdbFile.City(4, ("81.0.0.0/9", "GB", "London", 51.51f, -0.13f)));
        string v6 = Put("v6.mmdb", MmdbFile.City(6, ("2a00:23c0::/28", "GB", "London", 51.51f, -0.13f)));
        string asn4 = Put("asn4.mmdb", new MmdbFile(4, 24).Add(IpPrefixTests.Parse("81.0.0.0/11"), new Dictionary<string, object>
        {
            ["autonomous_system_number"] = 5089u, ["autonomous_system_organization"] = "Virgin Media",
        }).ToBytes());
        string asn6 = Put("asn6.csv", "2a00:23c0::,2a00:23c0:ffff:ffff:ffff:ffff:ffff:ffff,5089,Virgin Media\n"u8.ToArray());
        string map = Path.Combine(_folder.FullName, "world.cells");
        Assert.Equal(0, Run("build", "--city-v4", v4, "--city-v6", v6, "--asn", asn4, "--asn", asn6, "--out", map, "--quality", "1"));

        Assert.True(MapFile.TryLoad(map, out CellMap? loaded, out string? reason), reason);
        foreach (string address in (string[])["81.1.1.1", "2a00:23c0::1"])
        {
            Assert.True(loaded.TryLocate(MmdbReaderTests.Key(address), out CellMatch match));
            Assert.Equal(("GB-51n-000e-5089", "Virgin Media"), (loaded.Cells[match.Cell].Id, loaded.Cells[match.Cell].Carrier!.Name));
        }
        Assert.Equal("test + test + test + asn6.csv".Split(" + ").Order(), loaded.Source.Split(" + ").Order());
        Assert.Equal(0, Run("build", "--city-v4", v4, "--asn", asn4, "--carrier-cells", "0", "--fresh", "--out", map, "--quality", "1"));
        Assert.True(MapFile.TryLoad(map, out loaded, out reason), reason);
        Assert.Null(Assert.Single(loaded.Cells).Carrier);
    }

    [Theory]
    [InlineData("--asn", "city", "names an autonomous system")]
    [InlineData("--asn", "gzip", "unpack it first")]
    [InlineData("--asn", "cut", "not a MaxMind DB file, or cut off")]
    [InlineData("--asn", "rows", ":2: \"nonsense\" is not an IP address")]
    [InlineData("--asn", "absent", "absent")]
    [InlineData("--city-v6", "asn", "names a country")]
    [InlineData("--city-v6", "gzip", "unpack it first")]
    public void Build_tells_the_file_and_what_is_wrong_with_it_and_leaves_the_map(string option, string kind, string reason)
    {
        byte[] city = MmdbFile.City(4, ("81.0.0.0/9", "GB", "London", 51.51f, -0.13f));
        string v4 = Put("v4.mmdb", city), map = Put("world.cells", CellMapCodec.Write(TestMaps.Small, 1));
        byte[]? content = kind switch
        {
            "city" => city,
            "asn" => new MmdbFile(6, 24).Add(IpPrefixTests.Parse("2a00::/16"), new Dictionary<string, object> { ["asn"] = 7u }).ToBytes(),
            "gzip" => [0x1F, 0x8B, 8, 0, 0],
            "cut" => city[..80],
            "rows" => "1.0.0.0,1.0.0.9,7,a\nnonsense,1.0.0.9,7,a"u8.ToArray(),
            _ => null,
        };
        string file = content is null ? Path.Combine(_folder.FullName, kind) : Put(kind, content);
        byte[] before = File.ReadAllBytes(map);
        var (code, errors) = RunTold("build", "--city-v4", v4, option, file, "--out", map, "--quality", "1");
        Assert.Equal(1, code);
        Assert.Contains(file, errors, StringComparison.Ordinal);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(map));
    }

    [Fact]
    public void A_row_that_overlaps_is_told_and_the_map_is_made()
    {
        string v4 = Put("v4.mmdb", MmdbFile.City(4, ("81.0.0.0/9", "GB", "London", 51.51f, -0.13f)));
        string asn = Put("asn.csv", "81.0.0.0,81.0.0.9,7,a\n81.0.0.5,81.0.0.20,8,b"u8.ToArray());
        var (code, errors) = RunTold("build", "--city-v4", v4, "--asn", asn, "--out", Path.Combine(_folder.FullName, "world.cells"), "--quality", "1");
        Assert.Equal((0, $"{asn}:2: the range overlaps one above it; the row is left out"), (code, errors.Trim()));
    }

    [Fact]
    public void Check_refuses_a_map_of_another_world()
    {
        string database = Put("v4.mmdb", MmdbFile.City(4, ("2.0.0.0/12", "FR", "Paris", 48.86f, 2.34f)));
        string map = Put("world.cells", CellMapCodec.Write(TestMaps.Small, 1));
        Assert.Equal(1, Run("check", "--map", map, "--city-v4", database, "--samples", "100"));
    }

    [Fact]
    public void Build_refuses_what_is_no_database()
    {
        string file = Put("v4.mmdb", [1, 2, 3]);
        string map = Path.Combine(_folder.FullName, "world.cells");
        Assert.Equal(1, Run("build", "--city-v4", file, "--out", map));
        Assert.False(File.Exists(map));
    }

    [Fact]
    public void Build_refuses_a_bad_list_of_cities()
    {
        string database = Put("v4.mmdb", MmdbFile.City(4, ("2.0.0.0/12", "FR", "Paris", 48.86f, 2.34f)));
        string cities = Put("cities.csv", "nonsense"u8.ToArray());
        Assert.Equal(1, Run("build", "--city-v4", database, "--cities", cities, "--out", Path.Combine(_folder.FullName, "world.cells")));
    }

    [Fact]
    public void Lookup_prints_a_json_object_a_line()
    {
        PrefixOverride[] overrides = [new(IpPrefixTests.Parse("81.2.69.0/24"), new OverrideTarget.ToSites(["lon1", "ams"]))];
        Assert.True(CellLocator.TryCreate(TestMaps.Small, null, overrides, out CellLocator? locator, out _));
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.False(new GeoLookup(locator, withDefault: false).PrintJson(["81.2.69.142", "10.0.0.1", "nonsense"], output, errors));

        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(
            """{"ip":"81.2.69.142","cell":"GB-51n-000e-0001","country":"GB","latitude":51.51,"longitude":-0.13,"place":"London","prefix":"81.2.69.0/24","by":"override","sites":["lon1","ams"]}""",
            lines[0]);
        using JsonDocument unknown = JsonDocument.Parse(lines[1]);
        Assert.Equal(JsonValueKind.Null, unknown.RootElement.GetProperty("cell").ValueKind);
        Assert.Equal("0.0.0.0/2", unknown.RootElement.GetProperty("prefix").GetString());
        Assert.Contains("nonsense", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lookup_tells_the_carrier_of_a_cell_that_is_split()
    {
        CellMap map = TestMaps.Of([(0, 0), (0x51020000, 2), (0x51030000, 1)], [(0, 0)], TestMaps.Cells.SetItem(1, TestMaps.Cells[1] with { Carrier = new Carrier(5089, "Virgin Media") }));
        Assert.True(CellLocator.TryCreate(map, null, [], out CellLocator? locator, out _));
        var lookup = new GeoLookup(locator, withDefault: false);
        using var output = new StringWriter();
        Assert.True(lookup.PrintJson(["81.2.69.142", "81.3.0.1"], output, TextWriter.Null));
        string[] lines = output.ToString().Split('\n');
        Assert.Contains("\"place\":\"London\",\"asn\":5089,\"carrier\":\"Virgin Media\",", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("asn", lines[1], StringComparison.Ordinal);

        using var table = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(table), Ansi = AnsiSupport.No });
        console.Profile.Width = 200;
        Assert.True(lookup.PrintTable(["81.2.69.142"], console, TextWriter.Null));
        Assert.Contains("AS5089 Virgin Media", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lookup_prints_a_table_with_the_default_cell_where_one_is_set()
    {
        Assert.True(CellLocator.TryCreate(TestMaps.Small, "DE-52n-013e-0002", [], out CellLocator? locator, out _));
        using var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 200;
        Assert.True(new GeoLookup(locator, withDefault: true).PrintTable(["10.0.0.1"], console, TextWriter.Null));
        Assert.Contains("DE-52n-013e-0002", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("default", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lookup_of_nothing_is_refused() => Assert.NotEmpty(GeoCommand.Create().Parse(["lookup"]).Errors);

    [Fact]
    public void The_map_is_found_from_a_folder_below_it()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "geo-data"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "a", "b"));
        string map = Put(MapFile.DefaultPath, []);
        Assert.Equal(map, MapFile.Find(Path.Combine(_folder.FullName, "a", "b"), _folder.FullName));
    }

    private static int Run(params string[] arguments) => GeoCommand.Create().Parse(arguments).Invoke();

    private static (int Code, string Errors) RunTold(params string[] arguments)
    {
        using var errors = new StringWriter();
        int code = GeoCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Error = errors });
        return (code, errors.ToString());
    }

    private string Put(string name, byte[] content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
