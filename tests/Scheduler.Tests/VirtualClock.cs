namespace Scheduler.Tests;

/// <summary>
/// A clock that only moves when it is told to. Timers fire inside <see cref="Advance"/>, in the order of their due times, each at its own moment.
/// What a timer sets off may go on in other threads: wait for it with <see cref="ArmedAsync"/> or with something of the code under test, never by
/// sleeping.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<VirtualTimer> _timers = [];
    private readonly List<(Func<TimeSpan, bool> Wanted, TaskCompletionSource<TimeSpan> Found)> _waiting = [];
    private DateTimeOffset _now;
    private TimeSpan _step;

    /// <summary>A clock that stands at a moment; 2026-01-01 UTC when none is given.</summary>
    public VirtualClock(DateTimeOffset? start = null) => _now = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Timers that are armed.</summary>
    public int Armed
    {
        get
        {
            lock (_lock) return _timers.Count;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now + _step;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock) return _now.Ticks;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets the calendar, as an operator or a time server may: timestamps and timers go on as if nothing had happened.</summary>
    public void StepCalendar(TimeSpan by)
    {
        lock (_lock) _step += by;
    }

    /// <summary>Moves on, firing what becomes due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        DateTimeOffset end;
        lock (_lock) end = _now + by;
        while (NextDue(end) is { } timer) timer.Fire();
        lock (_lock) _now = end;
    }

    /// <summary>Completes when a timer is armed that is due within a wanted time from now; at once when one is.</summary>
    /// <returns>How far ahead it is due.</returns>
    public Task<TimeSpan> ArmedAsync(Func<TimeSpan, bool> wanted)
    {
        lock (_lock)
        {
            foreach (VirtualTimer timer in _timers)
                if (wanted(timer.Due - _now)) return Task.FromResult(timer.Due - _now);
            var found = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((wanted, found));
            return found.Task;
        }
    }

    private VirtualTimer? NextDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            VirtualTimer? next = null;
            foreach (VirtualTimer timer in _timers)
                if (timer.Due <= end && (next is null || timer.Due < next.Due)) next = timer;
            if (next is null) return null;
            if (next.Due > _now) _now = next.Due;
            _timers.Remove(next);
            return next;
        }
    }

    private void Arm(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            timer.Due = _now + dueTime;
            _timers.Add(timer);
            for (int i = _waiting.Count - 1; i >= 0; i--)
            {
                if (!_waiting[i].Wanted(dueTime)) continue;
                _waiting[i].Found.SetResult(dueTime);
                _waiting.RemoveAt(i);
            }
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private bool _isDisposed;

        public DateTimeOffset Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed) return false;
            _period = period;
            clock.Arm(this, dueTime);
            return true;
        }

        public void Fire()
        {
            if (_period > TimeSpan.Zero) clock.Arm(this, _period);
            callback(state);
        }

        public void Dispose()
        {
            _isDisposed = true;
            clock.Arm(this, Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
