using Scheduler.Storage.Memory;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Peers;

namespace Scheduler.Tests.Server.Hosting;

/// <summary>How a replica that has peers ends.</summary>
public sealed class LeavingTests
{
    [Fact]
    public async Task It_is_not_ready_at_once_serves_on_and_asks_connections_to_be_opened_anew()
    {
        var clock = new SkippingClock();
        LiveScheduler replica = new() { Shared = MemoryStores.CreateShared(clock), Time = clock };
        await replica.StartWholeAsync(("Scheduler:Cluster:LeaveS", "300"), ("Scheduler:Cluster:Key", new string('k', 32)), ("Scheduler:Cluster:PeerUrl", "http://127.0.0.1:0"));
        clock.Skip(TimeSpan.FromSeconds(11)); // before that it assigns nothing: an earlier start may have
        await replica.ReportAllAsync(sequence: 2);
        Assert.False((await replica.OpenAsync()).Headers.ConnectionClose ?? false);
        using var enough = new CancellationTokenSource();
        Task stopped = replica.StopAsync(enough.Token);
        Answer ready = default!;
        await LiveScheduler.UntilAsync(async () => (ready = await replica.CallAsync(null, "GET", "/healthz/ready")).Status == 503, "not ready");
        Assert.Equal("leaving", ready.Json.GetProperty("status").GetString());
        Answer opened = await replica.OpenAsync();
        Assert.True(opened.Headers.ConnectionClose);
        string token = opened.Json.GetProperty("token").GetString()!;
        (await replica.PlayAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token}}"}""")).Succeeds();
        await enough.CancelAsync();
        await stopped;
        await Assert.ThrowsAsync<HttpRequestException>(() => replica.OpenAsync());
        await replica.DisposeAsync();
    }

    [Fact]
    public async Task Alone_it_ends_without_waiting_for_anybody()
    {
        LiveScheduler replica = new();
        await replica.StartWholeAsync(("Scheduler:Cluster:LeaveS", "300"));
        await replica.StopAsync(default);
        await replica.DisposeAsync();
    }
}
