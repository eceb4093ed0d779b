using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.State;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Hostile;

/// <summary>Every route that there is, called in every way that it is not meant to be: always an answer in words, never a fault of ours, nothing changed.</summary>
public sealed class EveryRouteTests(LiveScheduler scheduler) : IClassFixture<LiveScheduler>
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "GET\u0041"];

    /// <summary>Nothing of this is a body that any call takes.</summary>
    private static readonly byte[][] Bodies =
    [
        .. new[]
        {
            "", " ", "{", "}", "[", "[]", "null", "true", "7", "-0", "1e400", "NaN", "Infinity", "\"text\"", "\u0000", "\uFEFF{}", "<xml/>", "a=b&c=d",
            "{\"reason\":1e400}", "{\"reason\":NaN}", "{\"reason\":-1e30}", "{\"target\":{},\"reason\":[]}",
            "{\"reason\":\"\\ud800\"}", "{\"\\udc00\":1}", "{\"stream\":\"s\",\"stream\":\"t\"}", "{\"reason\":\"a\",\"reason\":\"b\"}",
            "{\"kind\":\"admin\",\"name\":\"\\ud800\"}", "{\"expires_at\":\"9999-99-99T99:99:99Z\"}", "{\"weight\":1e999,\"in_service\":\"no\"}",
            "{\"target\":\"" + new string('x', 60_000) + "\"}", new string('[', 50_000), string.Concat(Enumerable.Repeat("{\"a\":", 5_000)),
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE, 0x00], [(byte)'{', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)':', (byte)'1', (byte)'}'],
        [.. "{\"reason\":\""u8, 0xC3, 0x28, .. "\"}"u8], [.. "{\"name\":\""u8, 0xF5, 0x80, 0x80, 0x80, .. "\",\"kind\":\"viewer\"}"u8],
    ];

    [Fact]
    public async Task A_method_that_a_route_does_not_take_is_told_so()
    {
        foreach (IGrouping<string, string> route in Routes().GroupBy(r => r.Path, r => r.Method))
        {
            foreach (string method in Methods.Except(route))
            {
                // OPTIONS is what a browser asks before a call; no other method may do anything.
                Answer answer = await UnchangedAsync(() => scheduler.CallAsync(LiveScheduler.AdminKey, method, route.Key));
                Assert.True(answer.Status is 405 or 404 || (method == "OPTIONS" && answer.Status == 204), $"{method} {route.Key}: {answer.Status}");
                if (method != "HEAD" && answer.Status != 204) Assert.Equal("application/problem+json", answer.MediaType);
            }
        }
    }

    [Fact]
    public async Task A_body_that_is_none_is_refused_in_words()
    {
        foreach ((string method, string path) in Routes().Where(r => r.Method is "POST" or "PUT"))
        {
            for (int i = 0; i < Bodies.Length; i++)
            {
                if (path is "/v1/admin/policy" or "/v1/admin/zones" && Bodies[i].AsSpan().EndsWith("{}"u8)) continue; // a policy that asks nothing and no zones, mark or no mark before it
                Answer answer = await UnchangedAsync(() => scheduler.CallAsync(LiveScheduler.AdminKey, method, path, Bodies[i], ("If-Match", "*")));
                Assert.True(answer.Status is >= 400 and < 500, $"{method} {path}, body {i}: {answer.Status} {answer.Text}");
                Assert.Equal("application/problem+json", answer.MediaType);
                Assert.Equal(answer.Status, answer.Json.GetProperty("status").GetInt32());
            }
        }
    }

    [Fact]
    public async Task Eight_megabytes_are_refused_wherever_they_are_not_wanted()
    {
        byte[] blanks = new byte[8 << 20], open = new byte[8 << 20];
        blanks.AsSpan().Fill((byte)' ');
        open.AsSpan().Fill((byte)'[');
        foreach ((string method, string path) in Routes().Where(r => r.Method is "POST" or "PUT"))
        {
            foreach (byte[] body in (byte[][])[blanks, open])
            {
                Answer answer = await UnchangedAsync(() => scheduler.CallAsync(LiveScheduler.AdminKey, method, path, body, ("If-Match", "*")));
                Assert.True(answer.Status is 400 or 404 or 413 or 422 || (answer.Status == 403 && path.StartsWith("/v1/dns/powerdns/", StringComparison.Ordinal)), $"{method} {path}: {answer.Status}"); // its key is in the path
            }
        }
    }

    [Theory]
    [InlineData("cursor", "-1")]
    [InlineData("cursor", "0")]
    [InlineData("cursor", "1e3")]
    [InlineData("cursor", "99999999999999999999")]
    [InlineData("cursor", "%00")]
    [InlineData("cursor", "%ed%a0%80")]
    [InlineData("cursor", "1%27%20OR%201=1")]
    [InlineData("limit", "0")]
    [InlineData("limit", "-5")]
    [InlineData("limit", "201")]
    [InlineData("limit", "2147483648")]
    [InlineData("limit", "%f0%9f%92%a5")]
    public async Task A_page_that_cannot_be_names_its_parameter(string name, string value)
    {
        foreach (string list in (string[])["keys", "revisions"])
            (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", $"/v1/admin/{list}?{name}={value}")).Refuses(400, "invalid-request", name);
    }

    [Fact]
    public async Task A_page_after_the_last_is_empty()
    {
        foreach (string list in (string[])["keys", "revisions"])
            (await scheduler.CallAsync(LiveScheduler.AdminKey, "GET", $"/v1/admin/{list}?cursor={long.MaxValue}&limit=200")).Succeeds();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("256")]
    public async Task An_idempotency_key_that_is_none_names_its_header(string key)
    {
        if (key == "256") key = new string('k', 256);
        Answer answer = await UnchangedAsync(() => scheduler.CallAsync(
            LiveScheduler.AdminKey, "POST", "/v1/admin/keys", """{"kind":"viewer","name":"never made"}""", ("Idempotency-Key", key)));
        Assert.True(answer.Status == 400, $"{answer.Status} {answer.Text}");
    }

    private async Task<Answer> UnchangedAsync(Func<Task<Answer>> call)
    {
        (long, int, long, string) Present() => (
            scheduler.Services.GetRequiredService<ConfigurationCentre>().Current.Revision,
            scheduler.Services.GetRequiredService<Scheduler.Server.Security.KeyRegistry>().Keys.Length,
            scheduler.Sessions.Count,
            string.Join('\n', scheduler.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal))));
        var before = Present();
        Answer answer = await call();
        var after = Present();
        Assert.True(before == after, $"changed to {after}");
        return answer;
    }

    /// <summary>Method and path of every route, its parameters filled with what names nothing.</summary>
    private IEnumerable<(string Method, string Path)> Routes() =>
        from endpoint in scheduler.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{documentName}", "v1", StringComparison.Ordinal)
            .Replace("{action}", "beat", StringComparison.Ordinal).Replace("{id}", "nobody", StringComparison.Ordinal).Replace("{number:long}", "999999", StringComparison.Ordinal)
        where path != "/" && !path.StartsWith("/console", StringComparison.Ordinal) // pages and forms take a session, not a key: ConsoleRouteTests
            && !path.StartsWith("/scheduler.v1.", StringComparison.Ordinal) && !path.StartsWith("/grpc.", StringComparison.Ordinal) // gRPC has words of its own
        select (method, System.Text.RegularExpressions.Regex.Replace(path, "\\{[^}]*\\}", "999999"));
}
