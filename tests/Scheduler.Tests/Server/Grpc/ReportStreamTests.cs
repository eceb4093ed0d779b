using System.Net.Http.Headers;
using Google.Protobuf;
using Scheduler.Client.Grpc;
using Scheduler.Protocol.Grpc.Messages;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Grpc;

public sealed class ReportStreamTests : IAsyncLifetime
{
    private readonly GrpcScheduler _grpc = new();

    public Task InitializeAsync() => _grpc.InitializeAsync();

    public Task DisposeAsync() => _grpc.DisposeAsync();

    [Fact]
    public async Task One_stream_speaks_for_the_nodes_of_its_keys_sites_and_no_others()
    {
        await using var stream = _grpc.With(ApiKeyKind.Reporter).Open(SchedulerMethods.Report);
        for (int sequence = 2; sequence < 12; sequence++)
        {
            var request = new ReportRequest { Reports = { Report("p00-00", sequence), Report("p01-01", sequence, sessions: sequence), Report("p02-00", sequence), Report("nowhere", sequence), new EdgeReport { Node = "p00-01" } } };
            Assert.True(await stream.WriteAsync(request));
            ReportResponse answer = (await stream.ReadAsync())!;
            Assert.Equal((2u, 100u), (answer.Accepted, answer.IntervalMs));
            Assert.Equal([2u, 3u, 4u], answer.Rejected.Select(rejection => rejection.Index).Distinct());
            Assert.Equal("the key may not report for site p02", answer.Rejected[0].Reason);
            Assert.Equal(["p00", "p01"], answer.Sites.Keys.Order());
            Assert.Equal(1, answer.Escrow.Weights.Values.Sum(), precision: 9);
        }
        await stream.CompleteAsync();
        Assert.Null(await stream.ReadAsync());
        Assert.Null(stream.Problem);
        await LiveScheduler.UntilAsync(async () => await _grpc.Scheduler.ReportedSessionsAsync("p01-01") == 11, "told by the last report");
    }

    [Fact]
    public async Task Who_may_not_report_is_refused_before_a_word_and_a_key_that_is_revoked_ends_its_stream()
    {
        await using var refused = _grpc.With(ApiKeyKind.Backend).Open(SchedulerMethods.Report);
        Assert.Null(await refused.ReadAsync());
        Assert.Equal(403, refused.Problem?.Status);

        var made = (await _grpc.Scheduler.CallAsync(LiveScheduler.AdminKey, "POST", "/v1/admin/keys", """{"kind":"reporter","name":"short","sites":["p00"]}""")).Succeeds(201).Json;
        await using var stream = _grpc.WithKey(made.GetProperty("key").GetString()).Open(SchedulerMethods.Report);
        await stream.WriteAsync(new ReportRequest { Reports = { Report("p00-00", 2) } });
        Assert.Equal(1u, (await stream.ReadAsync())!.Accepted);
        (await _grpc.Scheduler.CallAsync(LiveScheduler.AdminKey, "DELETE", $"/v1/admin/keys/{made.GetProperty("id").GetString()}")).Succeeds(204);
        await stream.WriteAsync(new ReportRequest { Reports = { Report("p00-00", 3) } });
        Assert.Null(await stream.ReadAsync());
        Assert.Equal(401, stream.Problem?.Status);
    }

    [Fact]
    public async Task A_deadline_ends_a_stream()
    {
        await using var stream = _grpc.With(ApiKeyKind.Reporter).Open(SchedulerMethods.Report, TimeSpan.FromMilliseconds(200));
        Assert.Null(await stream.ReadAsync());
        Assert.Equal(504, stream.Problem?.Status);
    }

    [Fact]
    public async Task When_the_server_stops_streams_end_as_unavailable_and_the_stop_does_not_wait()
    {
        await using var stream = _grpc.With(ApiKeyKind.Reporter).Open(SchedulerMethods.Report);
        await using var watch = _grpc.WithKey(null).Open(SchedulerMethods.Watch);
        await stream.WriteAsync(new ReportRequest { Reports = { Report("p00-00", 2) } });
        await watch.WriteAsync(new());
        Assert.NotNull(await stream.ReadAsync());
        Assert.NotNull(await watch.ReadAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await _grpc.Scheduler.StopAsync(patience.Token);
        Assert.False(patience.IsCancellationRequested);
        Assert.Null(await stream.ReadAsync());
        Assert.Equal((503, "this replica stops; connect to another"), (stream.Problem?.Status, stream.Problem?.Detail));
    }

    [Fact]
    public async Task Reports_are_taken_as_protobuf_over_HTTP_too()
    {
        using var client = new HttpClient { BaseAddress = _grpc.Scheduler.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _grpc.Scheduler.Key(ApiKeyKind.Reporter));
        foreach (string type in (string[])["application/x-protobuf", "application/protobuf; charset=x"])
        {
            using var body = new ByteArrayContent(new ReportRequest { Reports = { Report("p00-00", 2), new EdgeReport() } }.ToByteArray());
            body.Headers.TryAddWithoutValidation("Content-Type", type);
            using HttpResponseMessage answer = await client.PostAsync("/v1/reports", body);
            Assert.Equal((200, "application/x-protobuf"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            ReportResponse read = ReportResponse.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal((1u, 1u), (read.Accepted, read.Rejected[0].Index));
        }
        using var broken = new ByteArrayContent([0x0A, 0x50]);
        broken.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        Assert.Equal(400, (int)(await client.PostAsync("/v1/reports", broken)).StatusCode);
    }

    private static EdgeReport Report(string node, long sequence, long sessions = 0) => new()
    {
        Node = node, Incarnation = 1, Sequence = sequence, CapacityBps = 1_000_000_000, EgressBps = 0, Sessions = sessions, State = NodeState.Serving,
    };
}
