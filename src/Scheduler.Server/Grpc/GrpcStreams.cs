namespace Scheduler.Server.Grpc;

/// <summary>
/// The life of streams that last: each ends when the process does, after the notice of <see cref="Hosting.Leaving"/>, so that whoever is at the other end connects elsewhere at
/// once, and the host does not wait for streams that would not end. To be registered before it: what is registered first hears of the end last.
/// </summary>
internal sealed class GrpcStreams : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Ends all of them.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();
}
