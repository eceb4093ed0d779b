using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Scheduler.Client;
using Scheduler.Client.Reports;
using Scheduler.Core.Capacity;
using Scheduler.Protocol.V1.Reports;

namespace Scheduler.Tests.Client;

public sealed class EdgeReporterTests
{
    private readonly VirtualClock _clock = new();
    private readonly FakeTransport _server = new();

    private sealed class Nodes(int count) : IReportSource
    {
        public int Count => count;

        public NodeMeasurement Measure(int index) => new($"n-{index}", 40_000_000_000, 1_000L * index, index, NodeState.Serving);
    }

    private EdgeReporter Reporter(int nodes, int batch = 1_000) => new(
        _server.Client(), _clock, new Nodes(nodes),
        new EdgeReporterOptions { BatchSize = batch, Random = new Random(1), Retry = RetryPolicy.Once });

    private static string Accepted(int n, int intervalMs = 1_000, string rejected = "") =>
        $$$"""{"accepted":{{{n}}},"rejected":[{{{rejected}}}],"interval_ms":{{{intervalMs}}},"escrow":{"epoch":41,"weights":{"1":0.5}},"sites":{"lon1":"draining"}}""";

    [Fact]
    public async Task A_round_reports_every_node_once_in_batches_with_one_sequence()
    {
        _server.Answers(HttpStatusCode.OK, Accepted(3)).Answers(HttpStatusCode.OK, Accepted(3)).Answers(HttpStatusCode.OK, Accepted(1));
        EdgeReporter reporter = Reporter(7, batch: 3);
        ReportRound round = await reporter.ReportAsync();
        Assert.Equal(7, round.Accepted);
        var seen = new List<string>();
        for (int i = 0; i < 3; i++)
        {
            using JsonDocument body = JsonDocument.Parse((await _server.NextAsync()).Body);
            foreach (JsonElement report in body.RootElement.GetProperty("reports").EnumerateArray())
            {
                seen.Add(report.GetProperty("node").GetString()!);
                Assert.Equal(1, report.GetProperty("sequence").GetInt64());
                Assert.Equal(_clock.GetUtcNow().ToUnixTimeSeconds(), report.GetProperty("incarnation").GetInt64());
                Assert.Equal("serving", report.GetProperty("state").GetString());
            }
        }
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"n-{i}"), seen);
        Assert.False(_server.HasMore);
    }

    [Fact]
    public async Task The_interval_and_the_escrow_epoch_are_taken_from_the_answer()
    {
        _server.Answers(HttpStatusCode.OK, Accepted(1, intervalMs: 250))
            .Answers(HttpStatusCode.OK, Accepted(1));
        EdgeReporter reporter = Reporter(1);
        ReportRound round = await reporter.ReportAsync();
        Assert.Equal("draining", round.SiteStates["lon1"]);
        Assert.Equal(TimeSpan.FromMilliseconds(250), reporter.Interval);
        await reporter.ReportAsync();
        Assert.DoesNotContain("escrow_epoch", (await _server.NextAsync()).Body, StringComparison.Ordinal);
        string second = (await _server.NextAsync()).Body;
        Assert.Contains("\"escrow_epoch\":41", second, StringComparison.Ordinal);
        Assert.Contains("\"sequence\":2", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(int.MaxValue, 60_000)]
    [InlineData(-5, 1_000)]
    public async Task An_absurd_interval_is_bounded(int asked, double expected)
    {
        _server.Answers(HttpStatusCode.OK, Accepted(1, asked));
        EdgeReporter reporter = Reporter(1);
        await reporter.ReportAsync();
        Assert.Equal(expected, reporter.Interval.TotalMilliseconds);
    }

    [Fact]
    public async Task A_rejection_comes_back_with_the_name_of_its_node()
    {
        _server.Answers(HttpStatusCode.OK, Accepted(2)).Answers(HttpStatusCode.OK,
            Accepted(1, rejected: """{"index":1,"field":"node","reason":"not in the fleet"},{"index":99,"field":"x","reason":"y"}"""));
        ReportRound round = await Reporter(4, batch: 2).ReportAsync();
        Assert.Equal([("n-3", new ReportRejection(1, "node", "not in the fleet"))], round.Rejections.ToArray());
    }

    [Fact]
    public async Task A_batch_that_is_lost_does_not_hold_up_the_others()
    {
        _server.Refuses().Answers(HttpStatusCode.OK, Accepted(2));
        ReportRound round = await Reporter(4, batch: 2).ReportAsync();
        Assert.True(round.Problem?.IsUnreachable);
        Assert.Equal(2, round.Accepted);
    }

    [Fact]
    public async Task The_loop_reports_at_its_interval_and_returns_when_it_is_cancelled()
    {
        _server.Otherwise = _ => FakeTransport.Response(HttpStatusCode.OK, Accepted(1));
        var rounds = Channel.CreateUnbounded<ReportRound>();
        using var stop = new CancellationTokenSource();
        Task loop = Reporter(1).RunAsync(round => rounds.Writer.TryWrite(round), stop.Token);
        _clock.Advance(await _clock.ArmedAsync(d => d <= TimeSpan.FromSeconds(1))); // the first comes at a random moment of the first interval
        DateTimeOffset? before = null;
        for (int i = 0; i < 4; i++)
        {
            await rounds.Reader.ReadAsync();
            TimeSpan wait = await _clock.ArmedAsync(d => d <= TimeSpan.FromSeconds(1));
            if (before is { } earlier) Assert.Equal(TimeSpan.FromSeconds(1), _clock.GetUtcNow() - earlier);
            before = _clock.GetUtcNow();
            _clock.Advance(wait);
        }
        await stop.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task Everything_that_was_measured_is_written()
    {
        _server.Answers(HttpStatusCode.OK, Accepted(1));
        var reporter = new EdgeReporter(_server.Client(), _clock, new Full(), new EdgeReporterOptions { Retry = RetryPolicy.Once });
        await reporter.ReportAsync();
        using JsonDocument body = JsonDocument.Parse((await _server.NextAsync()).Body);
        JsonElement report = body.RootElement.GetProperty("reports")[0];
        Assert.Equal(0.41, report.GetProperty("cpu").GetDouble());
        Assert.Equal("live-42", report.GetProperty("streams")[0].GetProperty("id").GetString());
        Assert.Equal(2_700, report.GetProperty("by_replica").GetProperty("1").GetProperty("sessions").GetInt32());
        Assert.Equal(12_000, report.GetProperty("limits")[0].GetProperty("hard").GetDouble());
        Assert.Equal("draining", report.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_reporter_leases_its_nodes_to_the_replicas_it_was_told_of_once_nothing_of_an_earlier_life_can_be_in_use()
    {
        _server.Otherwise = _ => FakeTransport.Response(HttpStatusCode.OK, Accepted(1).Replace("\"weights\":{\"1\":0.5}", "\"weights\":{\"1\":0.5,\"2\":0.5}", StringComparison.Ordinal));
        EdgeReporter reporter = Reporter(1);
        await reporter.ReportAsync();
        Assert.DoesNotContain("by_replica", (await _server.NextAsync()).Body, StringComparison.Ordinal);
        await reporter.ReportAsync();
        Assert.Contains("\"2\":{\"sessions\":0,\"egress_bps\":0,\"limit_bps\":0,\"limit_ms\":3000,\"held_bps\":0,\"held_ms\":60000}", (await _server.NextAsync()).Body, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(71));
        await reporter.ReportAsync();
        Assert.DoesNotContain("\"limit_bps\":0,", (await _server.NextAsync()).Body, StringComparison.Ordinal);
    }

    private sealed class Full : IReportSource
    {
        public int Count => 1;

        public NodeMeasurement Measure(int index) => new("lon1-03", 1, 1, 1, NodeState.Draining)
        {
            Cpu = 0.41,
            Memory = 0.52,
            IngressBps = 5,
            Streams = [new StreamMeasurement("live-42", 120, 600_000_000)],
            ByReplica = [new ReplicaMeasurement(1, 2_700, 10_000_000_000)],
            Limits = [new LimitMeasurement("sessions", 12_000, 5_400, 10_000)],
        };
    }
}
