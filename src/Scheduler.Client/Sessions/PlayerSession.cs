using Scheduler.Protocol.V1.Messages;

namespace Scheduler.Client.Sessions;

/// <summary>
/// One viewer on one stream, from opening to <see cref="DisposeAsync"/>: beats when it is due, hands moves to the player, and opens anew when
/// the scheduler no longer knows it. A scheduler that cannot be reached changes nothing: the player keeps its node and the beats go on.
/// </summary>
public sealed class PlayerSession : IAsyncDisposable
{
    private readonly PlayerClient _client;
    private readonly SessionRequestMessage _request;
    private readonly PlayerCallbacks _callbacks;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _turn = new(1, 1); // a beat and a failover both replace the token: one after the other
    private readonly Task _beating;
    private volatile SessionAnswerMessage _current;
    private int _disposed;

    internal PlayerSession(PlayerClient client, SessionRequestMessage request, SessionAnswerMessage opened, PlayerCallbacks callbacks)
    {
        _client = client;
        _request = request;
        _callbacks = callbacks;
        _current = opened;
        _beating = BeatUntilStoppedAsync();
    }

    /// <summary>The newest answer: token, candidates, beat.</summary>
    public SessionAnswerMessage Current => _current;

    /// <summary>The node that holds the viewer's place.</summary>
    public CandidateMessage Serving => _current.Candidates[0];

    /// <summary>Tells the scheduler that a node failed; on success <see cref="PlayerCallbacks.Move"/> has run before this returns.</summary>
    /// <param name="failedNode">Id of the node.</param>
    /// <param name="reason">What was seen; at most 64 characters.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Null when the player has moved; else why not: it may try the next candidate it has.</returns>
    public async Task<SchedulerProblem?> FailoverAsync(string failedNode, string reason, CancellationToken cancellation = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping.Token);
        await _turn.WaitAsync(either.Token);
        try
        {
            Result<SessionAnswerMessage> answer = await _client.FailoverAsync(_current.Token, failedNode, reason, either.Token);
            if (!answer.IsOk) return answer.Problem;
            await AdoptAsync(answer.Value, either.Token);
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stops the beats and frees the place. A farewell that fails is let go: the place expires by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stopping.CancelAsync();
        await _beating;
        using var limit = new CancellationTokenSource(_client.Options.CloseTimeout, _client.Time);
        try
        {
            if (await _client.CloseAsync(_current.Token, limit.Token) is { } problem) _callbacks.Trouble?.Invoke(problem);
        }
        catch (OperationCanceledException)
        {
            _callbacks.Trouble?.Invoke(SchedulerProblem.Unreachable("The farewell took too long."));
        }
        _stopping.Dispose();
    }

    private async Task BeatUntilStoppedAsync()
    {
        try
        {
            while (true)
            {
                double early = _client.Options.HeartbeatJitter * _client.Random.NextDouble();
                await Task.Delay(Beat(_current.HeartbeatS) * (1 - early), _client.Time, _stopping.Token);
                await _turn.WaitAsync(_stopping.Token);
                try
                {
                    await BeatAsync(_stopping.Token);
                }
                finally
                {
                    _turn.Release();
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Disposed: the one way out.
        }
    }

    /// <summary>Time between two beats: whatever the wire said, it neither floods the scheduler nor lets the session expire unnoticed.</summary>
    private static TimeSpan Beat(int heartbeatS) => TimeSpan.FromSeconds(heartbeatS > 0 ? Math.Min(heartbeatS, 600) : 30);

    private async Task BeatAsync(CancellationToken cancellation)
    {
        Result<HeartbeatAnswerMessage> beat = await _client.BeatAsync(_current.Token, _callbacks.Measure?.Invoke() ?? default, cancellation);
        if (beat.IsOk)
        {
            SessionAnswerMessage next = _current with
            {
                Token = string.IsNullOrEmpty(beat.Value.Token) ? _current.Token : beat.Value.Token,
                HeartbeatS = beat.Value.HeartbeatS,
            };
            // An action that this client does not know means stay, and so does a move to nowhere.
            if (beat.Value is { Action: "move", Candidates: { Count: > 0 } candidates }) await AdoptAsync(next with { Candidates = candidates }, cancellation);
            else _current = next;
            return;
        }

        _callbacks.Trouble?.Invoke(beat.Problem);
        if (beat.Problem.IsRefusedIdentity) await ReopenAsync(cancellation);
    }

    // The scheduler no longer knows the session (it expired, or keys were rotated): ask again, and stay on the node when that is the answer.
    private async Task ReopenAsync(CancellationToken cancellation)
    {
        Result<SessionAnswerMessage> answer = await _client.OpenAsync(_request with { PreviousToken = _current.Token }, cancellation);
        if (answer.IsOk) await AdoptAsync(answer.Value, cancellation);
        else _callbacks.Trouble?.Invoke(answer.Problem);
    }

    private async Task AdoptAsync(SessionAnswerMessage answer, CancellationToken cancellation)
    {
        bool moves = answer.Candidates[0].Node != Serving.Node;
        _current = answer;
        if (moves) await _callbacks.Move(answer.Candidates, cancellation);
    }
}
