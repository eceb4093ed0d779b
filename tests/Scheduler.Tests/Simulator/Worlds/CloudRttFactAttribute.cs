using System.Globalization;
using System.Text.Json;
using Scheduler.Core.Units;

namespace Scheduler.Tests.Simulator.Worlds;

/// <summary>
/// A test over round-trip times that others measured between regions of a cloud. They are not part of this project: without them it reports itself skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CloudRttFactAttribute : FactAttribute
{
    public const string Variable = "SCHEDULER_RTT_TEST_DATA";

    private const string Places = "topology/gcp-regions.json";
    private const string Times = "rtt/fantoch/latency_gcp";

    public CloudRttFactAttribute()
    {
        if (!File.Exists(Path.Combine(Folder, Places)) || !System.IO.Directory.Exists(Path.Combine(Folder, Times)))
            Skip = $"{Variable} does not name a folder with {Places} and {Times}";
    }

    private static string Folder => Environment.GetEnvironmentVariable(Variable) ?? "";

    /// <summary>Distance and mean round-trip time of every ordered pair of different regions.</summary>
    public static IEnumerable<(double Km, double Ms)> Pairs()
    {
        using JsonDocument regions = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, Places)));
        Dictionary<string, GeoPoint> places = regions.RootElement.EnumerateObject().ToDictionary(
            region => region.Name, region => new GeoPoint(region.Value.GetProperty("latitude").GetDouble(), region.Value.GetProperty("longitude").GetDouble()));
        foreach (string path in System.IO.Directory.EnumerateFiles(Path.Combine(Folder, Times), "*.dat").Order(StringComparer.Ordinal))
            foreach (string line in File.ReadLines(path))
            {
                // least/mean/most/deviation:region
                string[] parts = line.Split(':');
                string from = Path.GetFileNameWithoutExtension(path), to = parts[^1];
                if (from == to || !places.TryGetValue(from, out GeoPoint here) || !places.TryGetValue(to, out GeoPoint there)) continue;
                yield return (here.DistanceKm(there), double.Parse(parts[0].Split('/')[1], CultureInfo.InvariantCulture));
            }
    }
}
