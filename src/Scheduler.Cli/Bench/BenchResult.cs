using System.Text.Json.Serialization;

namespace Scheduler.Cli.Bench;

/// <summary>One measurement.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="NsPerOp">Nanoseconds an operation on one core: median of the rounds.</param>
/// <param name="OpsPerS">Operations a second on one core, by that median.</param>
/// <param name="BytesPerOp">Bytes allocated an operation.</param>
public sealed record BenchResult(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("ns_per_op")] double NsPerOp,
    [property: JsonPropertyName("ops_per_s")] double OpsPerS,
    [property: JsonPropertyName("bytes_per_op")] double BytesPerOp)
{
    /// <summary>Nanoseconds an operation in the best round; null where only one figure was taken.</summary>
    [JsonPropertyName("best_ns_per_op")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BestNsPerOp { get; init; }
}
