using System.Collections.Concurrent;
using System.Diagnostics;
using Scheduler.State.Telemetry;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;
using Scheduler.Tests.Server.Peers;

namespace Scheduler.Tests.Server.Telemetry;

[Collection(ListenedCollection.Name)]
public sealed class TraceTests : IDisposable
{
    private const string Parent = "b7ad6b7169203331";
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public TraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SchedulerInstruments.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task The_trace_of_a_beat_goes_on_at_the_replica_that_has_the_session()
    {
        await using LiveCluster cluster = await LiveCluster.StartAsync(2);
        string token = (await cluster[0].OpenAsync()).Json.GetProperty("token").GetString()!;
        string trace = ActivityTraceId.CreateRandom().ToHexString();
        await cluster[1].PlayAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token}}"}""", ("traceparent", $"00-{trace}-{Parent}-01"), ("tracestate", "vendor=said"));
        await LiveScheduler.UntilAsync(() => Task.FromResult(Of(trace).Count == 3), "traced"); // they end in any order, one after the answer

        Activity beat = Of(trace).Single(span => span.OperationName == "player heartbeat");
        Activity asks = Of(trace).Single(span => span.OperationName == "peer ask");
        Activity answers = Of(trace).Single(span => span.OperationName == "peer answer");
        Assert.Equal(Parent, beat.ParentSpanId.ToHexString());
        Assert.Equal(beat.SpanId, asks.ParentSpanId);
        Assert.Equal(asks.SpanId, answers.ParentSpanId);
        Assert.True(answers.HasRemoteParent);
        Assert.Equal("vendor=said", answers.TraceStateString);
    }

    [Fact]
    public async Task An_admin_change_is_a_span_with_the_calls_of_the_store_below_it_and_says_nothing_of_who_asked()
    {
        var scheduler = new LiveScheduler();
        await scheduler.InitializeAsync();
        string trace = ActivityTraceId.CreateRandom().ToHexString();
        Answer answer = await scheduler.CallAsync(
            LiveScheduler.AdminKey, "PUT", "/v1/admin/nodes/p00-00/state", """{"in_service":false,"reason":"a test"}""", ("traceparent", $"00-{trace}-{Parent}-01"));
        await scheduler.DisposeAsync();
        answer.Succeeds();
        Activity call = Of(trace).Single(span => span.ParentSpanId.ToHexString() == Parent);
        Assert.Equal("PUT /v1/admin/nodes/{id}/state", call.OperationName);
        Assert.Equal(200, call.GetTagItem("http.response.status_code"));
        Assert.Contains(Of(trace), span => span.OperationName == "store write" && span.ParentSpanId == call.SpanId);
        Assert.Equal(["http.request.method", "http.response.status_code"], call.TagObjects.Select(tag => tag.Key).Order());
    }

    private List<Activity> Of(string trace) => [.. _ended.Where(span => span.TraceId.ToHexString() == trace)];
}
