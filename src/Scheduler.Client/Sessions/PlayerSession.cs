using Scheduler.Protocol.V1.Messages;

namespace Scheduler.Client.Sessions;

/// <summary>
/// One viewer on one stream, from opening to <see cref="DisposeAsync"/>: beats when it is due, hands moves to the player, goes to the next candidate at once when a node fails, and opens
/// anew when the scheduler no longer knows it. A scheduler that cannot be reached changes nothing: the player keeps its node and its spare ones, and the beats go on.
/// </summary>
public sealed class PlayerSession : IAsyncDisposable
{
    private readonly PlayerClient _client;
    private readonly SessionRequestMessage _request;
    private readonly PlayerCallbacks _callbacks;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _turn = new(1, 1); // a beat and a failover both replace the token: one after the other
    private readonly SemaphoreSlim _step = new(1, 1); // one move of the player after the other; never held while the scheduler is asked
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal); // nodes that failed since the last answer that named candidates; under _step
    private readonly Task _beating;
    private volatile SessionAnswerMessage _current;
    private volatile CandidateMessage _serving;
    private volatile Untold? _untold;
    private int _disposed;

    /// <summary>A failure that the scheduler has not heard of yet.</summary>
    private sealed record Untold(string Node, string Reason);

    internal PlayerSession(PlayerClient client, SessionRequestMessage request, SessionAnswerMessage opened, PlayerCallbacks callbacks)
    {
        _client = client;
        _request = request;
        _callbacks = callbacks;
        _current = opened;
        _serving = opened.Candidates[0];
        _beating = BeatUntilStoppedAsync();
    }

    /// <summary>The newest answer: token, candidates, beat.</summary>
    public SessionAnswerMessage Current => _current;

    /// <summary>The node that the viewer plays from.</summary>
    public CandidateMessage Serving => _serving;

    /// <summary>
    /// The player's node failed: sends him to the next candidate that he has, at once, and tells the scheduler, which may send him on to a better one. What it cannot be told now it is told
    /// with the next beat.
    /// </summary>
    /// <param name="failedNode">Id of the node.</param>
    /// <param name="reason">What was seen; at most 64 characters.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Null when the player was sent elsewhere; else why not: he has no spare candidate left, and the scheduler named none.</returns>
    public async Task<SchedulerProblem?> FailoverAsync(string failedNode, string reason, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(failedNode);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping.Token);
        bool hasMoved = await TakeSpareAsync(failedNode, either.Token);
        await _turn.WaitAsync(either.Token);
        try
        {
            return await TellAsync(new Untold(failedNode, reason), either.Token) is { } problem && !hasMoved ? problem : null;
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
        TimeSpan retry = TimeSpan.Zero;
        try
        {
            while (true)
            {
                TimeSpan beat = Beat(_current.HeartbeatS);
                double early = _client.Options.HeartbeatJitter * _client.Random.NextDouble();
                // After a beat that was lost the next comes sooner, so that the session outlives a restart of its scheduler; ever later, so that a dead one is not flooded.
                TimeSpan wait = retry > TimeSpan.Zero ? retry : beat * (1 - early);
                await Task.Delay(wait, _client.Time, _stopping.Token);
                await _turn.WaitAsync(_stopping.Token);
                try
                {
                    bool isHeard = _untold is { } untold ? await TellAsync(untold, _stopping.Token) is null : await BeatAsync(_stopping.Token);
                    retry = isHeard ? TimeSpan.Zero : RetryPolicy.Next(retry, _client.Options.BeatRetryDelay, beat, _client.Random);
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

    /// <summary>Beats once.</summary>
    /// <returns>False when the scheduler was not reached, or could not answer.</returns>
    private async Task<bool> BeatAsync(CancellationToken cancellation)
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
            return true;
        }

        _callbacks.Trouble?.Invoke(beat.Problem);
        if (!beat.Problem.IsRefusedIdentity) return !beat.Problem.MayPass;
        return await ReopenAsync(cancellation);
    }

    // The scheduler no longer knows the session (it expired, or keys were rotated): ask again, and stay on the node when that is the answer.
    private async Task<bool> ReopenAsync(CancellationToken cancellation)
    {
        Result<SessionAnswerMessage> answer = await _client.OpenAsync(_request with { PreviousToken = _current.Token }, cancellation);
        if (answer.IsOk) await AdoptAsync(answer.Value, cancellation);
        else _callbacks.Trouble?.Invoke(answer.Problem);
        return answer.IsOk;
    }

    /// <summary>Tells the scheduler of a failure; with the turn held.</summary>
    /// <returns>Null when it has answered with candidates, which the player has followed.</returns>
    private async Task<SchedulerProblem?> TellAsync(Untold failure, CancellationToken cancellation)
    {
        string? playing = Serving.Node == failure.Node ? null : Serving.Node;
        Result<SessionAnswerMessage> answer = await _client.FailoverAsync(_current.Token, failure.Node, failure.Reason, playing, cancellation);
        if (answer.IsOk)
        {
            _untold = null;
            await AdoptAsync(answer.Value, cancellation);
            return null;
        }
        _callbacks.Trouble?.Invoke(answer.Problem);
        if (answer.Problem.IsRefusedIdentity && await ReopenAsync(cancellation))
        {
            _untold = null;
            return null;
        }
        _untold = answer.Problem.MayPass ? failure : null;
        return answer.Problem;
    }

    /// <summary>Sends the player to the next candidate that has not failed him.</summary>
    /// <returns>False when there is none.</returns>
    private async Task<bool> TakeSpareAsync(string failedNode, CancellationToken cancellation)
    {
        await _step.WaitAsync(cancellation);
        try
        {
            _failed.Add(failedNode);
            if (Serving.Node != failedNode) return true; // he has left it already
            CandidateMessage[] spare = [.. _current.Candidates.Where(candidate => !_failed.Contains(candidate.Node))];
            if (spare.Length == 0) return false;
            _serving = spare[0];
            await _callbacks.Move(spare, cancellation);
            return true;
        }
        finally
        {
            _step.Release();
        }
    }

    private async Task AdoptAsync(SessionAnswerMessage answer, CancellationToken cancellation)
    {
        await _step.WaitAsync(cancellation);
        try
        {
            // What was answered before the scheduler heard of a failure may name the node that failed.
            CandidateMessage[] candidates = [.. answer.Candidates.Where(candidate => !_failed.Contains(candidate.Node))];
            if (candidates.Length == 0) candidates = [.. answer.Candidates];
            _current = answer;
            _failed.Clear();
            bool moves = candidates[0].Node != Serving.Node;
            _serving = candidates[0];
            if (moves) await _callbacks.Move(candidates, cancellation);
        }
        finally
        {
            _step.Release();
        }
    }
}
