using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scheduler.Protocol.V1.Upstreams;

namespace Scheduler.Protocol.V1.Reports;

/// <summary>
/// Writes the body of a 200 to <c>POST /v1/reports</c>:
/// <c>{accepted, rejected: [{index, field, reason}], interval_ms, escrow: {epoch, weights: {replica: weight}}, sites: {id: status}}</c>,
/// with <c>upstream</c> and <c>warm_up</c> where there is something to say of pulls.
/// </summary>
public static class ReportAnswerWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an answer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="accepted">Reports that were taken, also those that came too late to matter.</param>
    /// <param name="rejected">Why the others were not.</param>
    /// <param name="intervalMs">When to report next, ms.</param>
    /// <param name="escrowEpoch">Number of the weights.</param>
    /// <param name="weights">Number of each replica and its weight; the weights sum to 1.</param>
    /// <param name="sites">Id of each site that the batch spoke for, and what is done with it.</param>
    /// <param name="upstream">From where to pull: what was asked for, and what has changed. The member is left out when there is nothing.</param>
    /// <param name="warmUps">What nodes should pull ahead; likewise.</param>
    public static void Write(
        IBufferWriter<byte> output,
        int accepted,
        ReadOnlySpan<ReportRejection> rejected,
        int intervalMs,
        long escrowEpoch,
        ReadOnlySpan<KeyValuePair<byte, double>> weights,
        ReadOnlySpan<KeyValuePair<string, SiteStatus>> sites,
        ReadOnlySpan<UpstreamEntry> upstream = default,
        ReadOnlySpan<WarmUpEntry> warmUps = default)
    {
        using Utf8JsonWriter json = new(output, Options);
        json.WriteStartObject();
        json.WriteNumber("accepted"u8, accepted);
        json.WriteStartArray("rejected"u8);
        foreach (ref readonly ReportRejection rejection in rejected)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, rejection.Index);
            json.WriteString("field"u8, rejection.Field);
            json.WriteString("reason"u8, rejection.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("interval_ms"u8, intervalMs);
        json.WriteStartObject("escrow"u8);
        json.WriteNumber("epoch"u8, escrowEpoch);
        json.WriteStartObject("weights"u8);
        foreach ((byte replica, double weight) in weights) json.WriteNumber(replica.ToString(CultureInfo.InvariantCulture), weight);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("sites"u8);
        foreach ((string site, SiteStatus status) in sites) json.WriteString(site, NameOf(status));
        json.WriteEndObject();
        UpstreamAnswerWriter.WriteMembers(json, upstream, warmUps);
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> NameOf(SiteStatus status) => status switch
    {
        SiteStatus.Open => "open"u8,
        SiteStatus.Draining => "draining"u8,
        SiteStatus.Drained => "drained"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
