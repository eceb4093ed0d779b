using System.Text.Json;

namespace Scheduler.Server.Telemetry;

/// <summary>
/// A label of a sample. Its values are few: of an enum, or ids of the fleet and of drains; never a stream, a session or an address, of which there is no end.
/// </summary>
/// <param name="Name">Its name, <c>[a-z_]+</c>.</param>
/// <param name="Value">Its value, any text.</param>
internal readonly record struct MetricLabel(string Name, string Value)
{
    /// <summary>A label whose value is one of an enum, in snake case.</summary>
    public static MetricLabel Of<T>(string name, T value)
        where T : struct, Enum => new(name, JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
}
