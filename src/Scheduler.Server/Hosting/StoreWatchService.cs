using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Hosting;

/// <summary>
/// Takes in what other replicas change in a shared store: at their notice, and by asking every second behind it, since notices may be lost. While the store cannot be
/// reached what is in force stays so, and the store is asked more rarely.
/// </summary>
public sealed partial class StoreWatchService(ClusterStore store, StoreNews news, ConfigurationCentre centre, TimeProvider time, ILogger<StoreWatchService> log) : BackgroundService
{
    private const double ShortestPauseMs = 250;
    private const double LongestPauseMs = 5_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _failedReads;
    private long _failedListenings;
    private volatile bool _isReachable = true;

    /// <summary>True while the store answers.</summary>
    public bool IsReachable => _isReachable;

    /// <summary>How often the store could not be read.</summary>
    public long FailedReads => Volatile.Read(ref _failedReads);

    /// <summary>How often its notices could not be listened to, or not any longer.</summary>
    public long FailedListenings => Volatile.Read(ref _failedListenings);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), WatchAsync(stoppingToken));

    private async Task WatchAsync(CancellationToken stopping)
    {
        using StoreNewsReader wakes = news.Subscribe(StoreChange.Revisions, Interval);
        int inARow = 0;
        while (await wakes.NextAsync(stopping))
        {
            try
            {
                await centre.LoadAsync(stopping);
                if (inARow > 0) Recovered();
                inARow = 0;
                _isReachable = true;
            }
            catch (Exception fault) when (fault is IOException or InvalidDataException)
            {
                if (inARow++ == 0) Failed(fault.Message);
                Interlocked.Increment(ref _failedReads);
                _isReachable = false;
                await PauseAsync(inARow, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        int inARow = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await store.Changes.ListenAsync(
                    change =>
                    {
                        inARow = 0;
                        news.Tell(change);
                    },
                    stopping);
            }
            catch (IOException)
            {
                // Not told: the one who reads notices the same, and without notices he still reads every second.
                Interlocked.Increment(ref _failedListenings);
                await PauseAsync(++inARow, stopping);
            }
        }
    }

    /// <summary>Waits twice as long after each failure, and never as long as the other replicas: all have lost the store at the same moment.</summary>
    private async Task PauseAsync(int failures, CancellationToken stopping)
    {
        double longest = Math.Min(LongestPauseMs, ShortestPauseMs * Math.Pow(2, Math.Min(failures - 1, 10)));
        await Task.Delay(TimeSpan.FromMilliseconds(longest * (0.5 + Random.Shared.NextDouble() / 2)), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(EventId = 190, Level = LogLevel.Error, Message = "The shared store cannot be read; what is in force stays so, and further failures are not told one by one: {Reason}")]
    private partial void Failed(string reason);

    [LoggerMessage(EventId = 191, Level = LogLevel.Information, Message = "The shared store is read again")]
    private partial void Recovered();
}
