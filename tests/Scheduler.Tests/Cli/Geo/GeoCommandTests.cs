using System.CommandLine;
using System.Text.Json;
using Scheduler.Cli;
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
    public void Lookup_of_nothing_is_refused() => Assert.NotEmpty(Root().Parse(["geo", "lookup"]).Errors);

    [Fact]
    public void The_map_is_found_from_a_folder_below_it()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "geo-data"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "a", "b"));
        string map = Put(MapFile.DefaultPath, []);
        Assert.Equal(map, MapFile.Find(Path.Combine(_folder.FullName, "a", "b"), _folder.FullName));
    }

    private static int Run(params string[] arguments) => Root().Parse(["geo", .. arguments]).Invoke();

    private static RootCommand Root()
    {
        var globals = new GlobalOptions();
        return [globals.Json, GeoCommand.Create(globals)];
    }

    private string Put(string name, byte[] content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
