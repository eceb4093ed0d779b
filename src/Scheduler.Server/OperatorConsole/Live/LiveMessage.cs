using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Core.Drains;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.OperatorConsole.History;
using Scheduler.State.Drains;

namespace Scheduler.Server.OperatorConsole.Live;

/// <summary>
/// What a page is told each second, as compact as JSON can be: sites are rows of numbers in the order of their ids, so that 500 of them are some 20 KB.
/// <c>s</c>: utilisation ‰, sessions, price in tenths of a ms, standing, load and room in Mbit/s, age of the last report in s, RTT in tenths of a ms, cost of an hour in cents; <c>d</c>: drains;
/// <c>m</c>: simulations.
/// </summary>
internal static class LiveMessage
{
    /// <summary>The present.</summary>
    public static byte[] Now(LiveState state) => Written(json =>
    {
        Head(json, FleetTag.Of(state.Rows), state.At);
        json.WriteNumber("rev", state.Revision);
        json.WriteStartArray("s");
        foreach (SiteRow row in state.Rows) Write(json, row);
        json.WriteEndArray();
        json.WriteStartArray("d");
        foreach (DrainProgress drain in state.Drains) Write(json, drain, state.At);
        json.WriteEndArray();
        json.WriteNumber("degraded", state.Degraded);
        json.WriteStartArray("m");
        foreach ((string id, int permille, string phase) in state.Simulations)
        {
            json.WriteStartArray();
            json.WriteStringValue(id);
            json.WriteNumberValue(permille);
            json.WriteStringValue(phase);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    });

    /// <summary>A moment of the past: what the history keeps of it, in the same rows.</summary>
    /// <param name="rows">The sites of the present, which give the order.</param>
    /// <param name="at">The moment.</param>
    /// <param name="points">The sites then.</param>
    public static byte[] Past(ImmutableArray<SiteRow> rows, DateTimeOffset at, IReadOnlyDictionary<string, HistoryPoint> points) => Written(json =>
    {
        Head(json, FleetTag.Of(rows), at);
        json.WriteBoolean("past", true);
        json.WriteStartArray("s");
        foreach (SiteRow row in rows)
        {
            json.WriteStartArray();
            if (points.TryGetValue(row.Site.Id, out HistoryPoint point))
            {
                foreach (long number in (ReadOnlySpan<long>)[point.Permille, point.Sessions, Tenths(point.PriceMs), point.State, (long)point.LoadMbps]) json.WriteNumberValue(number);
            }
            json.WriteEndArray();
        }
        json.WriteEndArray();
    });

    /// <summary>A message as an event of a stream.</summary>
    public static byte[] Framed(byte[] json) => [.. "event: live\ndata: "u8, .. json, .. "\n\n"u8];

    private static void Head(Utf8JsonWriter json, string fleet, DateTimeOffset at)
    {
        json.WriteString("f", fleet);
        json.WriteNumber("at", at.ToUnixTimeMilliseconds());
    }

    private static void Write(Utf8JsonWriter json, SiteRow row)
    {
        json.WriteStartArray();
        ReadOnlySpan<long> numbers =
        [
            (long)Math.Round(row.Site.Utilisation * 1_000), row.Site.Sessions, Tenths(row.Site.PriceMs), row.StateCode, row.Site.LoadBps / 1_000_000, row.RoomBps / 1_000_000,
        ];
        foreach (long number in numbers) json.WriteNumberValue(number);
        WriteOrNull(json, row.Site.LastReportMsAgo / 1_000);
        WriteOrNull(json, row.RttMs is { } rtt ? Tenths(rtt) : null);
        json.WriteNumberValue((long)Math.Round(row.CostPerH * 100));
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, DrainProgress drain, DateTimeOffset now)
    {
        json.WriteStartArray();
        json.WriteStringValue(drain.Drain.Id);
        json.WriteStringValue(DrainMessages.Name(drain.Phase));
        json.WriteNumberValue((long)Math.Round(drain.Admitting * 100));
        json.WriteNumberValue(drain.SessionsLeft);
        json.WriteNumberValue(drain.Moved);
        json.WriteStringValue(drain is { Phase: DrainPhase.Paused, Paused: { } cause } ? DrainWords.Pause(cause, drain) : "");
        json.WriteStringValue(drain.EmptyInMs is { } left ? Display.Clock(now.AddMilliseconds(left)) : "");
        json.WriteEndArray();
    }

    private static void WriteOrNull(Utf8JsonWriter json, long? number)
    {
        if (number is { } known) json.WriteNumberValue(known);
        else json.WriteNullValue();
    }

    private static long Tenths(double ms) => double.IsFinite(ms) ? (long)Math.Round(ms * 10) : 0;

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(32 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
