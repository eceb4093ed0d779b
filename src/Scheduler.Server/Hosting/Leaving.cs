using System.Runtime.InteropServices;

namespace Scheduler.Server.Hosting;

/// <summary>
/// The end of a replica that others can stand in for. First it is not ready, and goes on serving until balancers have noticed; each answer asks its connection to be opened anew,
/// which leads elsewhere. Then the host stops the rest in its order: no new connections, the requests that run, the lease, the membership, the store.
/// </summary>
/// <param name="notice">How long balancers have; zero for a replica that is alone.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed partial class Leaving(TimeSpan notice, TimeProvider time, ILogger<Leaving> log) : IHostedLifecycleService, IDisposable
{
    private const int SignalledExit = 128;
    private readonly List<PosixSignalRegistration> _signals = [];
    private volatile bool _hasBegun;
    private int _signalled;

    /// <summary>True from the moment on at which the process was asked to end.</summary>
    public bool HasBegun => _hasBegun;

    /// <summary>Asks the connection of a call to be opened anew once the replica leaves: the first step of every request.</summary>
    /// <param name="context">The call.</param>
    /// <param name="next">What answers it.</param>
    public Task Before(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (_hasBegun) context.Connection.RequestClose();
        return next(context);
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT]) _signals.Add(PosixSignalRegistration.Create(signal, Signalled));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        if (notice == TimeSpan.Zero) return;
        Leaves(notice.TotalSeconds);
        await Task.Delay(notice, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
    }

    /// <summary>The first signal is the host's affair; whoever sends a second one does not want to wait.</summary>
    private void Signalled(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _signalled) > 1) Environment.Exit(SignalledExit + (context.Signal == PosixSignal.SIGINT ? 2 : 15));
    }

    [LoggerMessage(EventId = 184, Level = LogLevel.Information, Message = "Leaving: not ready from now on, and served for {Seconds} s more, so that balancers notice; a second signal ends the process at once")]
    private partial void Leaves(double seconds);
}
