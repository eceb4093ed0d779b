using Scheduler.Client;
using Scheduler.Client.Grpc;
using Scheduler.Protocol.Grpc.Messages;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Grpc;

public sealed class DispatchCallTests(GrpcScheduler grpc) : IClassFixture<GrpcScheduler>
{
    private static readonly AssignRequest London = new() { Stream = "live-42", ClientIp = LiveScheduler.LondonIp };

    [Fact]
    public async Task A_session_that_is_assigned_over_gRPC_beats_and_ends_over_HTTP_and_the_other_way_round()
    {
        GrpcCaller caller = grpc.With(ApiKeyKind.Backend);
        Assignment assigned = Value(await caller.CallAsync(SchedulerMethods.Assign, London, GrpcScheduler.Soon));
        Assert.Equal(3, assigned.Candidates.Count);
        var beat = (await grpc.Scheduler.PlayAsync("POST", "/v1/sessions/heartbeat", $$"""{"token":"{{assigned.Token}}"}""")).Succeeds().Json;
        (await grpc.Scheduler.PlayAsync("DELETE", "/v1/sessions", null, ("X-Session-Token", beat.GetProperty("token").GetString()!))).Succeeds(204);
        Assert.Equal(410, Problem(await caller.CallAsync(SchedulerMethods.Heartbeat, new HeartbeatRequest { Token = assigned.Token }, GrpcScheduler.Soon)).Status);

        string token = (await grpc.Scheduler.OpenAsync()).Json.GetProperty("token").GetString()!;
        HeartbeatResponse answer = Value(await caller.CallAsync(SchedulerMethods.Heartbeat, new HeartbeatRequest { Token = token, RttMs = 5 }, GrpcScheduler.Soon));
        Assert.Equal(HeartbeatAction.Stay, answer.Action);
        Value(await caller.CallAsync(SchedulerMethods.Release, new ReleaseRequest { Token = answer.Token }, GrpcScheduler.Soon));
        Value(await caller.CallAsync(SchedulerMethods.Release, new ReleaseRequest { Token = answer.Token }, GrpcScheduler.Soon)); // ended twice is no error
    }

    [Fact]
    public async Task Both_interfaces_name_the_same_nodes_to_the_same_question()
    {
        Assignment assigned = Value(await grpc.With(ApiKeyKind.Backend).CallAsync(SchedulerMethods.Assign, London, GrpcScheduler.Soon));
        var looked = (await grpc.Scheduler.PlayAsync("GET", $"/v1/dispatch?stream=live-42&client_ip={LiveScheduler.LondonIp}")).Succeeds().Json;
        Assert.Equal(looked.GetProperty("candidates")[0].GetProperty("site").GetString(), assigned.Candidates[0].Site);
        Assert.Equal(looked.GetProperty("cell").GetString(), assigned.Cell);
        Assert.Equal(looked.GetProperty("revision").GetInt64(), assigned.Revision);
        Assert.Equal(Decision.Placed, assigned.Decision);
    }

    [Fact]
    public async Task A_failover_names_others_and_a_batch_answers_in_order()
    {
        GrpcCaller caller = grpc.With(ApiKeyKind.Backend);
        Assignment assigned = Value(await caller.CallAsync(SchedulerMethods.Assign, London, GrpcScheduler.Soon));
        string failed = assigned.Candidates[0].Node;
        Assignment moved = Value(await caller.CallAsync(SchedulerMethods.Failover, new FailoverRequest { Token = assigned.Token, Failed = failed, Reason = "timeout" }, GrpcScheduler.Soon));
        Assert.DoesNotContain(failed, moved.Candidates.Select(candidate => candidate.Node));

        var batch = new AssignBatchRequest { Requests = { London, new AssignRequest { Stream = "b", ClientIp = "no address" }, new AssignRequest { Stream = "c" } } };
        AssignBatchResponse answers = Value(await caller.CallAsync(SchedulerMethods.AssignBatch, batch, GrpcScheduler.Soon));
        Assert.Equal([AssignResult.ResultOneofCase.Assignment, AssignResult.ResultOneofCase.Problem, AssignResult.ResultOneofCase.Assignment], answers.Results.Select(result => result.ResultCase));
        Assert.Equal("client_ip", Assert.Single(answers.Results[1].Problem.Errors).Field);
        Assert.Empty(Value(await caller.CallAsync(SchedulerMethods.AssignBatch, new AssignBatchRequest(), GrpcScheduler.Soon)).Results);
        var tooMany = new AssignBatchRequest();
        for (int i = 0; i <= 1_000; i++) tooMany.Requests.Add(London);
        Assert.Equal("requests", Assert.Single(Problem(await caller.CallAsync(SchedulerMethods.AssignBatch, tooMany, GrpcScheduler.Soon)).Errors).Field);
    }

    [Fact]
    public async Task Keys_of_players_backends_and_nobody_are_told_apart_as_over_HTTP()
    {
        Assert.Equal((401, "/problems/unauthorized"), Kind(await grpc.WithKey(null).CallAsync(SchedulerMethods.Assign, London, GrpcScheduler.Soon)));
        Assert.Equal((401, "/problems/unauthorized"), Kind(await grpc.WithKey("sk_p_none").CallAsync(SchedulerMethods.Assign, London, GrpcScheduler.Soon)));
        Assert.Equal((403, "/problems/forbidden"), Kind(await grpc.With(ApiKeyKind.Reporter).CallAsync(SchedulerMethods.Assign, London, GrpcScheduler.Soon)));
        Assert.Equal((403, "/problems/forbidden"), Kind(await grpc.With(ApiKeyKind.Player).CallAsync(SchedulerMethods.Assign, London, GrpcScheduler.Soon)));
        Value(await grpc.With(ApiKeyKind.Player).CallAsync(SchedulerMethods.Assign, new AssignRequest { Stream = "live-42" }, GrpcScheduler.Soon));
        Assert.Equal((400, "/problems/invalid-request"), Kind(await grpc.With(ApiKeyKind.Player).CallAsync(SchedulerMethods.Heartbeat, new HeartbeatRequest { Token = "abc" }, GrpcScheduler.Soon)));
    }

    [Fact]
    public async Task What_is_wrong_is_told_field_by_field()
    {
        SchedulerProblem problem = Problem(await grpc.With(ApiKeyKind.Backend).CallAsync(SchedulerMethods.Assign, new AssignRequest { Stream = "live 42", Want = 9 }, GrpcScheduler.Soon));
        Assert.Equal((400, "/problems/invalid-request"), (problem.Status, problem.Type));
        Assert.Equal(["stream", "want"], problem.Errors.Select(error => error.Field));
        Assert.Equal("stream: must be 1 to 128 characters of A-Z a-z 0-9 . _ ~ -; want: must be in [1, 8]", problem.Detail);
    }

    [Fact]
    public async Task Calls_are_counted_by_method_and_code()
    {
        GrpcCaller caller = grpc.With(ApiKeyKind.Backend);
        Value(await caller.CallAsync(SchedulerMethods.Assign, London, GrpcScheduler.Soon));
        _ = await caller.CallAsync(SchedulerMethods.Assign, new AssignRequest(), GrpcScheduler.Soon);
        string metrics = (await grpc.Scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/metrics")).Text;
        Assert.Matches("""scheduler_grpc_calls_total\{service="scheduler.v1.Dispatch",method="Assign",code="ok"\} [1-9]""", metrics);
        Assert.Matches("""scheduler_grpc_calls_total\{service="scheduler.v1.Dispatch",method="Assign",code="invalid_argument"\} [1-9]""", metrics);
    }

    private static T Value<T>(Result<T> result)
        where T : class
    {
        Assert.True(result.IsOk, $"{result.Problem?.Title} {result.Problem?.Detail}");
        return result.Value!;
    }

    private static SchedulerProblem Problem<T>(Result<T> result)
        where T : class
    {
        Assert.False(result.IsOk);
        return result.Problem!;
    }

    private static (int?, string?) Kind<T>(Result<T> result)
        where T : class => (Problem(result).Status, Problem(result).Type);
}
