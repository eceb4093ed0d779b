using System.Text.Json;

namespace Scheduler.IntegrationTests.Cluster;

/// <summary>The nodes of <see cref="SmallFleet"/>, which report to one replica, three times a second, until they are disposed of.</summary>
internal sealed class ReportingNodes : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(333);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reporting;
    private volatile ServerProcess _to;
    private volatile int _sessions;

    /// <summary>Nodes that report to a replica.</summary>
    public ReportingNodes(ServerProcess to)
    {
        _to = to;
        _reporting = ReportAsync();
    }

    /// <summary>From now on they report to this one, and this many viewers each.</summary>
    public void Report(ServerProcess to, int sessions) => (_sessions, _to) = (sessions, to);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reporting;
        _end.Dispose();
    }

    private async Task ReportAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        for (int sequence = 1; !_end.IsCancellationRequested; sequence++)
        {
            int number = sequence, sessions = _sessions;
            var reports = SmallFleet.Edges.Select(node => new
            {
                node = node.Id, incarnation = 1, sequence = number, capacity_bps = node.CapacityBps, egress_bps = 2_000_000L * sessions, sessions, state = "serving",
            });
            JsonElement answer = await _to.CallAsync(200, "POST", "/v1/reports", JsonSerializer.Serialize(new { reports }), AdjacentReplicas.AdminKey);
            Assert.True(answer.GetProperty("accepted").GetInt32() == SmallFleet.Edges.Count, answer.ToString());
            try
            {
                await timer.WaitForNextTickAsync(_end.Token);
            }
            catch (OperationCanceledException)
            {
                // They are disposed of.
            }
        }
    }
}
