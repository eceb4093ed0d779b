using System.Net;
using System.Net.Http.Headers;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Http.Limits;

public sealed class BodyLimitTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    private const int Kib = 1_024, Mib = 1_024 * Kib;

    [Theory]
    [InlineData("POST", "/v1/sessions", ApiKeyKind.Backend, 16 * Kib)]
    [InlineData("POST", "/v1/sessions/heartbeat", ApiKeyKind.Backend, 4 * Kib)]
    [InlineData("POST", "/v1/sessions/failover", ApiKeyKind.Backend, 4 * Kib)]
    [InlineData("POST", "/v1/sessions:batch", ApiKeyKind.Backend, 2 * Mib)]
    [InlineData("POST", "/v1/reports", ApiKeyKind.Reporter, 8 * Mib)]
    [InlineData("POST", "/v1/admin/drains", ApiKeyKind.Admin, 64 * Kib)]
    [InlineData("POST", "/v1/admin/keys", ApiKeyKind.Admin, 64 * Kib)]
    [InlineData("PUT", "/v1/admin/fleet", ApiKeyKind.Admin, 32 * Mib)]
    public async Task A_body_over_its_calls_limit_is_413_whether_it_tells_its_length_or_not(string method, string path, ApiKeyKind kind, int limit)
    {
        foreach (bool chunked in (bool[])[false, true])
        {
            using var client = new HttpClient { BaseAddress = scheduler.Address };
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(new byte[limit + 1]) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", scheduler.Key(kind));
            request.Headers.IfMatch.Add(new EntityTagHeaderValue("\"1\""));
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = true; // so that the answer is not lost to a connection that is closed under a body still being sent
            using HttpResponseMessage response = await client.SendAsync(request);
            Assert.Equal((chunked, HttpStatusCode.RequestEntityTooLarge), (chunked, response.StatusCode));
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }
}
