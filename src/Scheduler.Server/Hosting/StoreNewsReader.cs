using System.Threading.Channels;
using Scheduler.State.Ports;

namespace Scheduler.Server.Hosting;

/// <summary>Wakes at every interval, and at news. What comes while its owner is busy wakes him once.</summary>
public sealed class StoreNewsReader : IDisposable
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly StoreChange _interest;
    private readonly ITimer _timer;
    private readonly Action<StoreNewsReader> _left;

    internal StoreNewsReader(StoreChange interest, TimeSpan interval, TimeProvider time, Action<StoreNewsReader> left)
    {
        _interest = interest;
        _left = left;
        _timer = time.CreateTimer(_ => Wake(), null, interval, interval);
    }

    /// <summary>Waits for the next interval or news.</summary>
    /// <param name="stopping">The end of the process.</param>
    /// <returns>False when the process ends.</returns>
    public async ValueTask<bool> NextAsync(CancellationToken stopping)
    {
        try
        {
            return await _wakes.Reader.ReadAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _left(this);
        _timer.Dispose();
    }

    internal void Hear(StoreChange change)
    {
        if ((change & _interest) != StoreChange.None) Wake();
    }

    private void Wake() => _wakes.Writer.TryWrite(true);
}
