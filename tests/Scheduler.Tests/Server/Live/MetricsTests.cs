using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Live;

public sealed class MetricsTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    [Fact]
    public async Task The_text_is_what_Prometheus_reads_and_counts_what_happened()
    {
        PrometheusText before = await ReadAsync();
        await scheduler.OpenAsync();
        await scheduler.PlayAsync("POST", "/v1/sessions/heartbeat", """{"token":"AAAA"}""");
        PrometheusText after = await ReadAsync();
        Assert.Equal(1, after["scheduler_ready"]);
        Assert.Equal(1, after["""scheduler_decisions_total{outcome="placed"}"""] - before["""scheduler_decisions_total{outcome="placed"}"""]);
        Assert.Equal(1, after["scheduler_sessions"] - before["scheduler_sessions"]);
        Assert.Equal(2e9, after["""scheduler_site_capacity_bps{site="p00",region="europe"}"""]);
        Assert.Equal(1, after["""scheduler_site_eligible{site="p00",region="europe"}"""]);
        Assert.Equal(6, after["""scheduler_nodes{freshness="fresh"}"""]);
    }

    [Fact]
    public async Task Every_name_tells_whose_it_is() =>
        Assert.All((await ReadAsync()).Families, name => Assert.StartsWith("scheduler_", name, StringComparison.Ordinal));

    private async Task<PrometheusText> ReadAsync()
    {
        Answer answer = await scheduler.CallAsync(null, "GET", "/metrics");
        Assert.Equal("text/plain", answer.Succeeds().MediaType);
        return new PrometheusText(answer.Text);
    }
}
