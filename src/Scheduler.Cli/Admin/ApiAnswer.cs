using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Scheduler.Client;

namespace Scheduler.Cli.Admin;

/// <summary>A call that succeeded.</summary>
/// <param name="Body">What came back; empty for 204.</param>
/// <param name="ETag">Revision of the document, quoted as it came; null when there is none.</param>
internal sealed record ApiAnswer(byte[] Body, string? ETag)
{
    /// <summary>What the body says, or that it says something else.</summary>
    public Result<T> Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) is { } value ? value : Foreign("it is empty");
        }
        catch (JsonException e)
        {
            return Foreign(e.Message);
        }

        static SchedulerProblem Foreign(string reason) =>
            SchedulerProblem.Unreachable("something else does, or another version: its answer cannot be read: " + reason);
    }
}
