using System.Collections.Concurrent;
using Scheduler.Protocol.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>Players' calls that wait for their answers over one connection.</summary>
internal sealed class PendingCalls
{
    /// <summary>Time an owner has for an answer, ms; then the call is answered here.</summary>
    public const long BudgetMs = 1_000;

    private readonly ConcurrentDictionary<long, Pending> _calls = new();
    private long _last;
    private volatile bool _isClosed;

    private readonly record struct Pending(TaskCompletionSource<PeerAnswer?> Answer, long AskedAtMs);

    /// <summary>Begins to wait.</summary>
    /// <param name="nowMs">Now, monotonic ms.</param>
    /// <param name="id">Names the call.</param>
    /// <returns>The answer; null when none comes within <see cref="BudgetMs"/> or the connection ends.</returns>
    public Task<PeerAnswer?> Add(long nowMs, out long id)
    {
        var pending = new Pending(new TaskCompletionSource<PeerAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously), nowMs);
        _calls[id = Interlocked.Increment(ref _last)] = pending;
        if (_isClosed) GiveUp(id);
        return pending.Answer.Task;
    }

    /// <summary>Takes in an answer; one that nobody waits for any more is passed over.</summary>
    public void Complete(in AnswerFrame answer)
    {
        if (_calls.TryRemove(answer.Id, out Pending pending))
            pending.Answer.TrySetResult(new PeerAnswer(answer.Status, answer.ContentType, answer.RetryAfter, answer.Body.ToArray()));
    }

    /// <summary>Waits no longer for one.</summary>
    public void GiveUp(long id)
    {
        if (_calls.TryRemove(id, out Pending pending)) pending.Answer.TrySetResult(null);
    }

    /// <summary>Waits no longer for those whose time is over.</summary>
    public void Expire(long nowMs)
    {
        foreach ((long id, Pending pending) in _calls)
            if (nowMs - pending.AskedAtMs >= BudgetMs) GiveUp(id);
    }

    /// <summary>The connection has ended: nothing is waited for.</summary>
    public void Close()
    {
        _isClosed = true;
        foreach (long id in _calls.Keys) GiveUp(id);
    }
}
