using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Hostile;

/// <summary>What no HTTP client sends: the connection is refused or closed, and the next caller is served as ever.</summary>
public sealed class HttpFramingTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    private const string Host = "Host: x\r\n";
    private const string Close = "Connection: close\r\n";
    private const string Live = "GET /healthz/live HTTP/1.1\r\n" + Host;

    [Fact]
    public async Task A_call_of_HTTP_1_0_is_answered_and_the_connection_closed() =>
        await AnswersAsync([200], "GET /healthz/live HTTP/1.0\r\n\r\n");

    [Fact]
    public async Task Pipelined_calls_are_answered_in_order_until_the_first_that_is_none()
    {
        await AnswersAsync([200, 404, 200], $"{Live}\r\nGET /nowhere HTTP/1.1\r\n{Host}\r\n{Live}{Close}\r\n");
        await AnswersAsync([200, 400], $"{Live}\r\n\x16\x03\x01 garbage\r\n\r\n{Live}\r\n");
    }

    [Theory]
    [InlineData("GET /healthz/live HTTP/1.1\r\n\r\n")]                                    // no Host
    [InlineData("GET /healthz/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET /healthz/live HTTP/1.1\r\nHost: a/b@c\r\n\r\n")]
    [InlineData("GET /healthz/live HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n")]
    [InlineData("GET /healthz/live HTTP/1.1\r\nHost: x\r\nName : 1\r\n\r\n")]
    [InlineData("GET /healthz/live HTTP/1.1\r\nHost: x\r\nFolded: 1\r\n 2\r\n\r\n")]
    [InlineData("GET /healthz/live HTTP/1.1\r\nHost: x\r\nNul: a\0b\r\n\r\n")]
    [InlineData("GET /healthz/live HTTP/1.1\r\nHost: x\r\n: nameless\r\n\r\n")]
    [InlineData("GET /healthz/live\r\n\r\n")]                                            // HTTP/0.9
    [InlineData("GET /healthz/live HTTP/9.9\r\nHost: x\r\n\r\n")]
    [InlineData("GET  /healthz/live HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /healthz/\0live HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n")]                      // a TLS hello
    public async Task What_is_no_request_is_refused(string words)
    {
        int[] statuses = await SayAsync(words);
        int status = Assert.Single(statuses);
        Assert.True(status is >= 400 and < 600 and not 500, $"{status}");
        await ServesAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]                                   // HTTP/2 without TLS
    [InlineData("GET /healthz/live HTTP/1.1\r\nHost")]
    public async Task Who_hangs_up_in_the_middle_is_let_go(string words)
    {
        using RawConnection connection = await RawConnection.OpenAsync(scheduler.Address);
        Assert.DoesNotContain(500, RawConnection.Statuses(await connection.SayAsync(words, hangUp: true)));
        await ServesAsync();
    }

    /// <summary>Two ways to tell the length of one body: a proxy in front may believe the other one, and forward a call that nobody made.</summary>
    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")]
    [InlineData("Content-Length: 4\r\nContent-Length: 44\r\n", "{}{}")]
    [InlineData("Content-Length: 4, 44\r\n", "{}{}")]
    [InlineData("Content-Length: -1\r\n", "")]
    [InlineData("Content-Length: 99999999999999999999\r\n", "{}")]
    [InlineData("Content-Length: 0x4\r\n", "{}{}")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5;\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "-1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n")]
    public async Task A_body_of_two_lengths_smuggles_no_second_call(string headers, string body)
    {
        const string Smuggled = $"GET /healthz/live HTTP/1.1\r\n{Host}{Close}\r\n";
        string key = scheduler.Key(Scheduler.State.Ports.ApiKeyKind.Backend);
        int[] statuses = await SayAsync($"POST /v1/sessions HTTP/1.1\r\n{Host}Authorization: Bearer {key}\r\n{headers}\r\n{body}{Smuggled}");
        Assert.DoesNotContain(200, statuses);
        Assert.All(statuses, status => Assert.InRange(status, 400, 499));
        await ServesAsync();
    }

    [Theory]
    [InlineData("GET /v1/admin/nodes/a%2Fb HTTP/1.1\r\n")]
    [InlineData("GET /v1/admin/nodes/..%2f..%2fstatus HTTP/1.1\r\n")]
    [InlineData("GET /v1/admin/nodes/%2e%2e%2fstatus HTTP/1.1\r\n")]
    [InlineData("GET /v1/admin/nodes/%ff%fe HTTP/1.1\r\n")]
    [InlineData("GET /v1/admin/nodes/%ed%a0%80 HTTP/1.1\r\n")]
    [InlineData("GET /v1/admin/nodes/%zz HTTP/1.1\r\n")]
    [InlineData("GET /v1/admin/nodes/%25252f HTTP/1.1\r\n")]
    [InlineData("GET //v1//admin/status HTTP/1.1\r\n")]
    [InlineData("GET /v1/admin\\status HTTP/1.1\r\n")]
    [InlineData("GET /v1/admin/fleet/../../../etc/passwd HTTP/1.1\r\n")]
    [InlineData("GET /v1/admin;x=1/status HTTP/1.1\r\n")]
    public async Task A_strange_path_leads_nowhere(string line)
    {
        using RawConnection connection = await RawConnection.OpenAsync(scheduler.Address);
        string heard = await connection.SayAsync($"{line}{Host}{Close}Authorization: Bearer {LiveScheduler.AdminKey}\r\n\r\n");
        int status = Assert.Single(RawConnection.Statuses(heard));
        Assert.True(status is 400 or 404, heard);
        if (status == 404) Assert.Contains("application/problem+json", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_in_another_case_needs_the_same_key()
    {
        int status = Assert.Single(await SayAsync($"GET /V1/ADMIN/KEYS HTTP/1.1\r\n{Host}{Close}\r\n"));
        Assert.True(status is 401 or 404, $"{status}");
    }

    [Fact]
    public async Task Too_long_a_line_and_too_many_headers_are_refused()
    {
        await AnswersAsync([414], $"GET /{new string('a', 70_000)} HTTP/1.1\r\n{Host}\r\n");
        await AnswersAsync([431], $"{Live}{string.Concat(Enumerable.Range(0, 3_000).Select(i => $"X-{i}: 1\r\n"))}\r\n");
        await AnswersAsync([431], $"{Live}X: {new string('a', 70_000)}\r\n\r\n");
        await ServesAsync();
    }

    [Fact]
    public async Task A_broken_body_of_an_admin_call_is_no_fault_of_the_store()
    {
        int[] statuses = await SayAsync(
            $"POST /v1/admin/keys HTTP/1.1\r\n{Host}Authorization: Bearer {LiveScheduler.AdminKey}\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n");
        Assert.Equal(400, Assert.Single(statuses));
    }

    [Fact]
    public async Task A_body_that_never_comes_whole_changes_nothing()
    {
        long sessions = scheduler.Sessions.Count;
        string key = scheduler.Key(Scheduler.State.Ports.ApiKeyKind.Backend);
        using RawConnection connection = await RawConnection.OpenAsync(scheduler.Address);
        await connection.SayAsync(
            $"POST /v1/sessions HTTP/1.1\r\n{Host}Authorization: Bearer {key}\r\nContent-Length: 100\r\n\r\n{{\"stream\":\"s\"}}", hangUp: true);
        Assert.Equal(sessions, scheduler.Sessions.Count);
        Assert.DoesNotContain(scheduler.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        await ServesAsync();
    }

    private async Task<int[]> SayAsync(string words)
    {
        using RawConnection connection = await RawConnection.OpenAsync(scheduler.Address);
        return RawConnection.Statuses(await connection.SayAsync(words));
    }

    private async Task AnswersAsync(int[] statuses, string words) => Assert.Equal(statuses, await SayAsync(words));

    private async Task ServesAsync() => Assert.Equal(200, (await scheduler.CallAsync(null, "GET", "/healthz/live")).Status);
}
