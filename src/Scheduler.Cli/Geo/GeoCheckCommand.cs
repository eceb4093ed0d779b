using System.CommandLine;
using Scheduler.Core.Geo;

namespace Scheduler.Cli.Geo;

/// <summary><c>geo check</c>: measures how well a map tells what its databases say.</summary>
public static class GeoCheckCommand
{
    /// <summary>
    /// The command. Its exit code is 1 when a target is missed: same country 99.9 %, median 20 km, 95th percentile 150 km.
    /// </summary>
    public static Command Create()
    {
        var v4 = new Option<string?>("--city-v4") { Description = "City database (MaxMind DB) with IPv4" };
        var v6 = new Option<string?>("--city-v6") { Description = "City database with IPv6" };
        var map = new Option<string?>("--map") { Description = $"Map file; default: {MapFile.DefaultPath} here or above" };
        var samples = new Option<int>("--samples") { Description = "Random addresses of each family", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "Seed of the addresses", DefaultValueFactory = _ => 1 };
        samples.Validators.Add(r => { if (r.GetValueOrDefault<int>() is < 1 or > 100_000_000) r.AddError("--samples is 1 to 100000000"); });

        var command = new Command("check", "Compare the map with its databases at random addresses") { v4, v6, map, samples, seed };
        command.SetAction(parsed =>
        {
            if (!MapFile.TryLoad(parsed.GetValue(map), out CellMap? loaded, out string? reason)) return Fail(reason);
            bool good = true;
            foreach ((string? path, bool isV4) in ((string?, bool)[])[(parsed.GetValue(v4), true), (parsed.GetValue(v6), false)])
            {
                if (path is null) continue;
                if (!CityDatabaseFile.TryOpen(path, out MmdbReader? database, out reason)) return Fail(reason);
                var random = new Random(parsed.GetValue(seed));
                int count = parsed.GetValue(samples);
                if (!AccuracyCheck.TryRun(loaded, database, isV4, count, random, out AccuracyResult? result, out reason)) return Fail(reason);
                Console.WriteLine($"{(isV4 ? "IPv4" : "IPv6")}: {result}");
                good &= result is { SameCountry: >= 0.999, MedianKm: <= 20, P95Km: <= 150 };
            }
            return good ? 0 : 1;
        });
        return command;

        static int Fail(string reason)
        {
            Console.Error.WriteLine(reason);
            return 2;
        }
    }
}
