namespace Scheduler.Server.Http.Limits;

/// <summary>A work item that measures how long work items wait in the thread pool. One is under way at a time.</summary>
internal sealed class PoolDelayProbe(TimeProvider time) : IThreadPoolWorkItem
{
    private long _postedAt;
    private long _ranAt;

    /// <summary>
    /// The wait of the last item, or of the one that still waits: a pool that answers no more is seen at once. Posts the next item when the last one has
    /// run. To be called by one thread.
    /// </summary>
    public TimeSpan Measure()
    {
        long ranAt = Volatile.Read(ref _ranAt);
        if (_postedAt != 0 && ranAt == 0) return time.GetElapsedTime(_postedAt);
        TimeSpan waited = _postedAt == 0 ? TimeSpan.Zero : time.GetElapsedTime(_postedAt, ranAt);
        _ranAt = 0;
        _postedAt = time.GetTimestamp();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return waited;
    }

    void IThreadPoolWorkItem.Execute() => Volatile.Write(ref _ranAt, time.GetTimestamp());
}
