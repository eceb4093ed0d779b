using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Spectre.Console;

namespace Scheduler.Cli.Geo;

/// <summary><c>geo build</c>: makes the map file from city databases, and from databases of autonomous systems if they are named.</summary>
public static class GeoBuildCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var v4 = new Option<string>("--city-v4") { Description = "City database (MaxMind DB) with IPv4", Required = true };
        var v6 = new Option<string?>("--city-v6") { Description = "City database with IPv6, when it is another file" };
        var asn = new Option<string[]>("--asn")
        {
            Description = "Database of autonomous systems (MaxMind DB, or CSV: first,last,number,name) to split cells by carrier; may be repeated",
        };
        var cities = new Option<string?>("--cities")
        {
            Description = $"Cities with population, CSV ({CityList.Header}); default: cities.csv beside the output",
        };
        var previous = new Option<string?>("--previous")
        {
            Description = "Map whose cells are kept where they still have addresses; default: the output, if it exists",
        };
        var output = new Option<string>("--out") { Description = "Map file to write", DefaultValueFactory = _ => MapFile.DefaultPath };
        var label = new Option<string?>("--source") { Description = "Name of the source, kept in the map; default: the databases' types" };
        var target = new Option<int>("--cells")
        {
            Description = "Cells of places to aim at, 1 to 60000",
            DefaultValueFactory = _ => new CellMapOptions().TargetCells,
        };
        var carriers = new Option<int>("--carrier-cells")
        {
            Description = "Most cells of one carrier beside those, 0 to 5000; needs --asn",
            DefaultValueFactory = _ => new CellMapOptions().CarrierCells,
        };
        var fresh = new Option<bool>("--fresh") { Description = "Keep no cell of a map before" };
        var quality = new Option<int>("--quality") { Description = "Compression, 0 (fast) to 11 (small)", DefaultValueFactory = _ => 11 };
        target.Validators.Add(r => { if (r.GetValueOrDefault<int>() is < 1 or > 60_000) r.AddError("--cells is 1 to 60000"); });
        carriers.Validators.Add(r => { if (r.GetValueOrDefault<int>() is < 0 or > 5_000) r.AddError("--carrier-cells is 0 to 5000"); });
        quality.Validators.Add(r => { if (r.GetValueOrDefault<int>() is < 0 or > 11) r.AddError("--quality is 0 to 11"); });

        var command = new Command("build", "Make the map of cells from a city database")
        {
            v4, v6, asn, cities, previous, output, label, target, carriers, fresh, quality,
        };
        command.SetAction(parsed =>
        {
            string outPath = parsed.GetValue(output)!;
            string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(outPath))!, "cities.csv");
            string? citiesPath = parsed.GetValue(cities) ?? (File.Exists(beside) ? beside : null);
            string? previousPath = parsed.GetValue(fresh) ? null : parsed.GetValue(previous) ?? (File.Exists(outPath) ? outPath : null);
            var databases = new List<string> { parsed.GetValue(v4)! };
            if (parsed.GetValue(v6) is { } second) databases.Add(second);
            var input = new GeoBuildInput(
                databases, parsed.GetValue(asn) ?? [], citiesPath, previousPath, outPath, parsed.GetValue(label), parsed.GetValue(target),
                parsed.GetValue(carriers), parsed.GetValue(quality));
            TextWriter errors = parsed.InvocationConfiguration.Error;
            try
            {
                if (AnsiConsole.Status().Start("Reading", status => Build(input, status, errors)) is not { } reason) return 0;
                errors.WriteLine(reason);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                errors.WriteLine(e.Message);
            }
            return 1;
        });
        return command;
    }

    /// <summary>Makes the file.</summary>
    /// <returns>Why it was not made; null when it was.</returns>
    private static string? Build(GeoBuildInput input, StatusContext status, TextWriter errors)
    {
        ImmutableArray<City> cities = [];
        if (input.Cities is not null)
        {
            cities = CityList.Parse(File.ReadAllText(input.Cities), out ImmutableArray<LineProblem> problems);
            if (!problems.IsEmpty)
                return string.Join('\n', problems.Select(p => FormattableString.Invariant($"{input.Cities}:{p.Line}: {p.Reason}")));
        }
        IReadOnlyList<Cell> previous = [];
        if (input.Previous is not null)
        {
            if (!MapFile.TryLoad(input.Previous, out CellMap? before, out string? reason)) return reason;
            previous = before.Cells;
        }
        var carriers = new CarrierTable();
        var types = new List<string>();
        foreach (string path in input.CarrierFiles)
        {
            status.Status($"Reading {Markup.Escape(Path.GetFileName(path))}");
            if (!CarrierFile.TryAdd(path, carriers, errors, out string? type, out string? reason)) return reason;
            types.Add(type);
        }
        var options = new CellMapOptions { TargetCells = input.TargetCells, CarrierCells = input.CarrierCells };
        var builder = new CellMapBuilder(options, carriers);
        DateTimeOffset newest = DateTimeOffset.UnixEpoch;
        foreach (string path in input.Databases)
        {
            status.Status($"Reading {Markup.Escape(Path.GetFileName(path))}");
            if (!CityDatabaseFile.TryOpen(path, out MmdbReader? database, out string? reason)) return reason;
            if (!builder.TryAdd(database, out MmdbProblem? problem)) return $"{path}: {problem}";
            types.Add(database.Metadata.DatabaseType);
            var made = DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(database.Metadata.BuildEpoch, 253_402_300_799UL));
            if (made > newest) newest = made;
        }
        status.Status("Placing cells");
        // The date is the database's: the same input gives the same file.
        CellMap map = builder.Build(newest, input.Source ?? string.Join(" + ", types), cities, previous);
        status.Status("Compressing");
        byte[] file = CellMapCodec.Write(map, input.Quality);
        if (Path.GetDirectoryName(Path.GetFullPath(input.Output)) is { } directory) Directory.CreateDirectory(directory);
        // Never half a file under the final name: a running server watches it.
        File.WriteAllBytes(input.Output + ".new", file);
        File.Move(input.Output + ".new", input.Output, overwrite: true);
        Summarise(input, builder, carriers, map, previous, file);
        return null;
    }

    private static void Summarise(
        GeoBuildInput input, CellMapBuilder builder, CarrierTable carriers, CellMap map, IReadOnlyList<Cell> previous, byte[] file)
    {
        var known = previous.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var table = new Table().AddColumns("What", "Count").HideHeaders();
        Row("networks read", builder.Networks);
        Row("places", builder.Places);
        if (input.CarrierFiles.Count > 0)
        {
            Row("networks of carriers read", carriers.Networks);
            Row("carriers", carriers.Count);
            Row("cells of one carrier", map.Cells.Count(c => c.Carrier is not null));
        }
        Row("cells", map.Cells.Length);
        Row("cells kept", map.Cells.Count(c => known.Contains(c.Id)));
        Row("countries", map.Cells.Select(c => c.Country).Distinct(StringComparer.Ordinal).Count());
        Row("IPv4 ranges", map.Ranges(v4: true).Count());
        Row("IPv6 ranges", map.Ranges(v4: false).Count());
        Row("people in cells", map.Cells.Sum(c => c.Population));
        Row("bytes in memory", map.TableBytes);
        Row("bytes of file", file.Length);
        AnsiConsole.Write(table);
        Console.WriteLine($"{input.Output}  sha256 {Convert.ToHexStringLower(SHA256.HashData(file))}");

        void Row(string what, long count) => table.AddRow(what, count.ToString("N0", CultureInfo.InvariantCulture));
    }
}
