using System.Text.Json.Serialization;

namespace Scheduler.Cli.Bench;

/// <summary>What one measurement gave.</summary>
/// <param name="Name">Name of the case, such as <c>geo-ipv4</c>.</param>
/// <param name="NsPerOp">Time of one operation, nanoseconds: the median of the rounds.</param>
/// <param name="OpsPerS">Operations a second on one core, at the median.</param>
/// <param name="BytesPerOp">Bytes allocated by one operation.</param>
public sealed record BenchResult(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("ns_per_op")] double NsPerOp,
    [property: JsonPropertyName("ops_per_s")] double OpsPerS,
    [property: JsonPropertyName("bytes_per_op")] double BytesPerOp)
{
    /// <summary>Time of one operation in the best round, nanoseconds; null when only one figure was taken.</summary>
    [JsonPropertyName("best_ns_per_op")]
    public double? BestNsPerOp { get; init; }

    /// <summary>Gap to the optimum that was proven, as a share of the cost, the widest of all runs; null for what has none.</summary>
    [JsonPropertyName("gap")]
    public double? Gap { get; init; }

    /// <summary>Sweeps of the solver in one operation; null for what makes none.</summary>
    [JsonPropertyName("sweeps")]
    public double? Sweeps { get; init; }
}
