using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Telemetry;

[Collection(ListenedCollection.Name)]
public sealed class OtlpTests : IAsyncLifetime
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = "b7ad6b7169203331";
    private OtlpSink _sink = null!;
    private LiveScheduler _scheduler = null!;

    public async Task InitializeAsync()
    {
        _sink = await OtlpSink.StartAsync();
        _scheduler = new LiveScheduler { Settings = [("Scheduler:Telemetry:Otlp:Endpoint", _sink.Url), ("Scheduler:Telemetry:Sample", "0"), ("Scheduler:Cluster:Name", "the-one")] };
        await _scheduler.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task A_collector_gets_the_spans_of_a_caller_who_sends_his_trace_and_the_metrics_that_the_text_has()
    {
        await OpenAsync($"00-{Trace}-{Parent}-01");
        await OpenAsync("00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
        await OpenAsync("nonsense");
        await _scheduler.StopAsync(CancellationToken.None); // what is left is sent on the way out

        ProtoMessage span = Assert.Single(_sink.Spans, span => span.Text(5) == "player open");
        Assert.Equal(Trace, Convert.ToHexStringLower(span.Bytes(1)));
        Assert.Equal(Parent, Convert.ToHexStringLower(span.Bytes(4)));
        Dictionary<string, string> said = span.Attributes(9);
        Assert.Equal(("placed", "201"), (said["scheduler.outcome"], said["http.response.status_code"]));
        Assert.Contains(said["scheduler.site"], (string[])["p00", "p01", "p02"]);
        Assert.DoesNotContain(said.Values, value => value.Contains(LiveScheduler.LondonIp, StringComparison.Ordinal));
        Dictionary<string, string> resource = _sink.Resources.First();
        Assert.Equal(("scheduler", "the-one"), (resource["service.name"], resource["service.instance.id"]));

        // A sum's data points (7, 1) and their value as a double (4); a histogram's (9, 1) and their count (4).
        ProtoMessage[] metrics = [.. _sink.Metrics];
        // Other schedulers of this process, of tests that run beside this one, are heard as well.
        IEnumerable<ProtoMessage> decisions = metrics.Where(metric => metric.Text(1) == "scheduler_decisions_total").SelectMany(metric => metric.At(7, 1)).Where(Placed);
        Assert.Contains(decisions, point => point.Double(4) == 3);
        IEnumerable<ProtoMessage> durations = metrics.Where(metric => metric.Text(1) == "scheduler_call_duration_seconds").SelectMany(metric => metric.At(9, 1));
        Assert.Contains(durations, point => point.Attributes(9)["call"] == "open" && point.Whole(4) >= 3);

        static bool Placed(ProtoMessage point) => point.Attributes(7)["outcome"] == "placed";
    }

    private async Task OpenAsync(string parent) => (await _scheduler.PlayAsync(
        "POST", "/v1/sessions", $$"""{"stream":"live-42","client_ip":"{{LiveScheduler.LondonIp}}"}""", ("traceparent", parent))).Succeeds(201);
}
