using System.Net;
using System.Net.Http.Headers;
using Scheduler.Client.Grpc;
using Scheduler.Protocol.Grpc.Messages;
using Scheduler.Protocol.Grpc.Messages.Health;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Grpc;

/// <summary>What HTTP/2 carries: the form of answers, and what is not gRPC.</summary>
public sealed class ProtocolTests(GrpcScheduler grpc) : IClassFixture<GrpcScheduler>
{
    private static readonly byte[] Assign = [0, 0, 0, 0, 9, 0x0A, 7, .. "live-42"u8];

    [Fact]
    public async Task An_answer_has_its_message_and_its_status_in_trailers()
    {
        using HttpResponseMessage answer = await SendAsync("/scheduler.v1.Dispatch/Assign", Assign);
        Assert.Equal((200, "application/grpc"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(body.Length - 5, Assignment.Parser.ParseFrom(body, 5, body.Length - 5).CalculateSize());
        Assert.Equal("0", Assert.Single(answer.TrailingHeaders.GetValues("grpc-status")));
    }

    [Theory]
    [InlineData("/scheduler.v1.Dispatch/Nothing", "12")]
    [InlineData("/SCHEDULER.v1.Dispatch/Assign", "12")]
    [InlineData("/v1/sessions", "12")]
    public async Task A_refusal_is_in_headers_alone(string path, string status)
    {
        using HttpResponseMessage answer = await SendAsync(path, Assign);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(status, Assert.Single(answer.Headers.GetValues("grpc-status")));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Empty(answer.TrailingHeaders);
    }

    [Theory]
    [InlineData("", "12")]
    [InlineData("00 00 00", "13")]
    [InlineData("07 00 00 00 00", "13")]
    [InlineData("00 00 00 00 01 FF", "13")]
    [InlineData("00 00 00 00 00 00 00 00 00 00", "12")]
    [InlineData("00 7F FF FF FF", "8")]
    [InlineData("01 00 00 00 02 1F 8B", "13")]
    public async Task Bytes_that_are_no_call_have_their_status(string hex, string status)
    {
        using HttpResponseMessage answer = await SendAsync("/scheduler.v1.Dispatch/Assign", Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(status, Assert.Single(answer.Headers.GetValues("grpc-status")));
    }

    [Theory]
    [InlineData("grpc-timeout", "0n", "4")]
    [InlineData("grpc-timeout", "forever", "13")]
    [InlineData("grpc-timeout", "10S", null)]
    [InlineData("x-odd-bin", "=not base64=", null)]
    public async Task Metadata_is_judged_where_it_matters(string name, string value, string? status)
    {
        using HttpResponseMessage answer = await SendAsync("/scheduler.v1.Dispatch/Assign", Assign, request => request.Headers.TryAddWithoutValidation(name, value));
        Assert.Equal(status, answer.Headers.TryGetValues("grpc-status", out var said) ? said.Single() : null);
    }

    [Fact]
    public async Task An_unknown_encoding_is_refused_with_those_that_are_known()
    {
        byte[] packed = [1, 0, 0, 0, 1, 0];
        using HttpResponseMessage answer = await SendAsync("/scheduler.v1.Dispatch/Assign", packed, request => request.Headers.TryAddWithoutValidation("grpc-encoding", "snappy"));
        Assert.Equal(("12", "identity,gzip"), (answer.Headers.GetValues("grpc-status").Single(), answer.Headers.GetValues("grpc-accept-encoding").Single()));
    }

    [Fact]
    public async Task The_address_of_gRPC_takes_nothing_else()
    {
        using HttpResponseMessage json = await SendAsync("/healthz/ready", [], request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/json"));
        Assert.Equal(415, (int)json.StatusCode);
        using var plain = new HttpClient { BaseAddress = grpc.Address };
        Assert.Equal(400, (int)(await plain.GetAsync("/healthz/live")).StatusCode); // HTTP/1.1
    }

    [Fact]
    public async Task Elsewhere_a_method_asks_for_HTTP_2()
    {
        var answer = await grpc.Scheduler.CallAsync(LiveScheduler.AdminKey, "POST", "/scheduler.v1.Dispatch/Assign", Assign);
        Assert.Equal((426, "HTTP/2"), (answer.Status, answer.Headers.GetValues("Upgrade").Single()));
    }

    [Fact]
    public async Task Health_is_told_and_watched()
    {
        GrpcCaller caller = grpc.WithKey(null);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await caller.CallAsync(SchedulerMethods.Check, new HealthCheckRequest(), GrpcScheduler.Soon)).Value?.Status);
        Assert.Equal(404, (await caller.CallAsync(SchedulerMethods.Check, new HealthCheckRequest { Service = "no.such" }, GrpcScheduler.Soon)).Problem?.Status);
        await using var watch = caller.Open(SchedulerMethods.Watch);
        await watch.WriteAsync(new HealthCheckRequest { Service = "no.such" });
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.ServiceUnknown, (await watch.ReadAsync())?.Status);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, byte[] body, Action<HttpRequestMessage>? change = null)
    {
        using var client = new HttpClient { BaseAddress = grpc.Address, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body), Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", grpc.Scheduler.Key(ApiKeyKind.Player));
        change?.Invoke(request);
        return await client.SendAsync(request);
    }
}
