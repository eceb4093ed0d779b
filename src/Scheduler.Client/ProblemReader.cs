using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Protocol.V1.Messages;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Client;

/// <summary>Reads problem details (RFC 9457), and makes do with whatever else a proxy in between may answer.</summary>
public static class ProblemReader
{
    /// <summary>The problem that an answer other than 2xx states.</summary>
    /// <param name="response">Status and headers.</param>
    /// <param name="body">Its body; anything, or nothing.</param>
    /// <param name="time">Clock for a <c>Retry-After</c> that is a date.</param>
    public static SchedulerProblem Read(HttpResponseMessage response, ReadOnlySpan<byte> body, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(time);
        ProblemMessage? message = Parse(body);
        return new SchedulerProblem(
            (int)response.StatusCode,
            message?.Title ?? response.ReasonPhrase ?? "The call failed.",
            message?.Detail,
            message?.Errors is { } errors ? [.. errors.Select(Whole)] : ImmutableArray<WireProblem>.Empty,
            RetryAfter(response, time),
            message?.Type);
    }

    private static ProblemMessage? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : JsonSerializer.Deserialize(body, V1Json.Default.ProblemMessage);
        }
        catch (JsonException)
        {
            return null; // a proxy's HTML page: its status says enough
        }
    }

    // A proxy's problem may leave out, or null, what ours always has: the types of JSON do not say so.
    private static WireProblem Whole(WireProblem? error) => new(error?.Field ?? "", error?.Reason ?? "");

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        if (response.Headers.RetryAfter is not { } header) return null;
        TimeSpan? wait = header.Delta ?? header.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
