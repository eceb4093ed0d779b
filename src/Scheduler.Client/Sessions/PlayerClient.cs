using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Scheduler.Protocol.V1.Messages;

namespace Scheduler.Client.Sessions;

/// <summary>
/// The player's calls, one method each: what an SDK is built on. Tries again on overload and on no answer (<see cref="RetryPolicy"/>); every
/// failure that is to be expected comes back as a value. <see cref="PlaySessionAsync"/> is the whole life of a session in one call.
/// </summary>
/// <remarks>Thread-safe as long as <see cref="PlayerClientOptions.Random"/> is not set.</remarks>
public sealed class PlayerClient
{
    private readonly SchedulerCalls _calls;
    private readonly SchedulerCalls _oneTry;

    /// <summary>A client of one scheduler.</summary>
    /// <param name="http">Carries the calls; its <see cref="HttpClient.BaseAddress"/> is the scheduler. Stays the caller's to dispose.</param>
    /// <param name="time">Clock of beats, back-off and timeouts.</param>
    /// <param name="options">Behaviour; null for the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="http"/> has no base address.</exception>
    public PlayerClient(HttpClient http, TimeProvider time, PlayerClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        if (http.BaseAddress is null) throw new ArgumentException("The client needs a base address: that of the scheduler.", nameof(http));
        Options = options ?? new PlayerClientOptions();
        Time = time;
        Random = Options.Random ?? Random.Shared;
        _calls = new SchedulerCalls(http, time, Options.Retry, Random, Options.Key);
        _oneTry = new SchedulerCalls(http, time, Options.Retry with { Attempts = 1 }, Random, Options.Key);
    }

    internal PlayerClientOptions Options { get; }

    internal TimeProvider Time { get; }

    internal Random Random { get; }

    /// <summary>Asks where to play, and holds a place there.</summary>
    /// <param name="request">What to play, for whom.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The session, or why there is none (503: nothing can serve now).</returns>
    public async Task<Result<SessionAnswerMessage>> OpenAsync(SessionRequestMessage request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        // The same key on every try: when only the answer was lost, the second try gets the first one's session.
        string idempotency = Guid.NewGuid().ToString("N");
        return Checked(await _calls.SendAsync(() => Post("v1/sessions", request, V1Json.Default.SessionRequestMessage, idempotency),
            V1Json.Default.SessionAnswerMessage, cancellation));
    }

    /// <summary>Says that the session still plays. One try: a beat that is lost is made good by the next.</summary>
    /// <param name="token">The session's newest token.</param>
    /// <param name="quality">What was measured since the last beat.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<Result<HeartbeatAnswerMessage>> BeatAsync(string token, PlaybackQuality quality = default, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        var message = new HeartbeatRequestMessage
        {
            Token = token,
            RttMs = quality.RttMs,
            ThroughputBps = quality.ThroughputBps,
            StallMs = quality.StallMs,
        };
        return _oneTry.SendAsync(() => Post("v1/sessions/heartbeat", message, V1Json.Default.HeartbeatRequestMessage),
            V1Json.Default.HeartbeatAnswerMessage, cancellation);
    }

    /// <summary>Says that a node failed, and asks for others.</summary>
    /// <param name="token">The session's newest token.</param>
    /// <param name="failedNode">Id of the node that failed.</param>
    /// <param name="reason">What was seen, such as <c>connect_timeout</c>; at most 64 characters.</param>
    /// <param name="playing">Id of the spare candidate that the player plays from since; null when he waits for the answer.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<Result<SessionAnswerMessage>> FailoverAsync(
        string token, string failedNode, string reason, string? playing = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        ArgumentException.ThrowIfNullOrEmpty(failedNode);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        var message = new FailoverRequestMessage { Token = token, Failed = failedNode, Reason = reason, Playing = playing };
        return Checked(await _calls.SendAsync(() => Post("v1/sessions/failover", message, V1Json.Default.FailoverRequestMessage),
            V1Json.Default.SessionAnswerMessage, cancellation));
    }

    /// <summary>Ends a session and frees its place.</summary>
    /// <param name="token">The session's newest token.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Null when the place is free (also when it was before); else why it may stand until it expires by itself.</returns>
    public async Task<SchedulerProblem?> CloseAsync(string token, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        Result<byte[]> answer = await _calls.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Delete, "v1/sessions");
                request.Headers.Add("X-Session-Token", token);
                return request;
            },
            cancellation);
        return answer.Problem is { Status: 404 or 410 } ? null : answer.Problem;
    }

    /// <summary>Opens a session and keeps it alive until it is disposed.</summary>
    /// <param name="request">What to play, for whom.</param>
    /// <param name="callbacks">What the player does when it is told to move.</param>
    /// <param name="cancellation">Ends the opening; once open, the session ends by being disposed.</param>
    public async Task<Result<PlayerSession>> PlaySessionAsync(
        SessionRequestMessage request, PlayerCallbacks callbacks, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(callbacks);
        Result<SessionAnswerMessage> opened = await OpenAsync(request, cancellation);
        return opened.IsOk ? new PlayerSession(this, request, opened.Value, callbacks) : opened.Problem;
    }

    private static Result<SessionAnswerMessage> Checked(Result<SessionAnswerMessage> answer) =>
        answer.Value is { } value && (string.IsNullOrEmpty(value.Token) || value.Candidates is not { Count: > 0 })
            ? SchedulerProblem.Unreachable("The answer names no token or no candidate.")
            : answer;

    private static HttpRequestMessage Post<T>(string path, T message, JsonTypeInfo<T> type, string? idempotencyKey = null)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(message, type));
        content.Headers.ContentType = new("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return request;
    }
}
