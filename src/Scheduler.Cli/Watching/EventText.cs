using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Drains;
using Scheduler.Cli.Rendering;

namespace Scheduler.Cli.Watching;

/// <summary>An event in a line.</summary>
internal static class EventText
{
    /// <summary>For people; an event of a kind that is not known here, or that cannot be read, is told as it came.</summary>
    public static string Line(ServerEvent told) => told.Type switch
    {
        "revision" when Read(told, AdminJson.Default.RevisionRow) is { } r =>
            $"{Time(r.At)} revision {r.Revision} by {Format.Plain(r.Author)}: {Format.Plain(r.Reason)} ({Format.Plain(r.Kind)})",
        "drain" when Read(told, AdminJson.Default.DrainEventRow) is { Drain: { } drain } e => $"{Time(e.At)} drain {DrainText.Line(drain)}",
        "degraded" when Read(told, AdminJson.Default.DegradedEventRow) is { } e =>
            $"{Time(e.At)} {Format.Plain(e.Mode)} {(e.Holds == true ? "begins" : "ends")}{(e.Detail is { } detail ? ": " + Format.Plain(detail) : "")}",
        _ => $"{Format.Plain(told.Type)} {Format.Plain(told.Data)}",
    };

    /// <summary>For programs: <c>{"id", "type", "data"}</c>.</summary>
    public static string Json(ServerEvent told)
    {
        string id = JsonEncodedText.Encode(told.Id).ToString(), type = JsonEncodedText.Encode(told.Type).ToString();
        return $"{{\"id\":\"{id}\",\"type\":\"{type}\",\"data\":{JsonText.OneLine(Encoding.UTF8.GetBytes(told.Data))}}}";
    }

    private static string Time(DateTimeOffset? at) => at?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? Format.Absent;

    private static T? Read<T>(ServerEvent told, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(told.Data, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
