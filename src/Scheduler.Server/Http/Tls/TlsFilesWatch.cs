using Scheduler.Server.Hosting;

namespace Scheduler.Server.Http.Tls;

/// <summary>
/// Has the TLS files read again, time after time. By their content, not by events of the file system, which say nothing when a mounted secret is swapped
/// by a symbolic link.
/// </summary>
internal sealed class TlsFilesWatch(TlsFiles files, TimeProvider time) : BackgroundService
{
    /// <summary>Time between two readings.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.NextAsync(stoppingToken)) files.Refresh();
    }
}
