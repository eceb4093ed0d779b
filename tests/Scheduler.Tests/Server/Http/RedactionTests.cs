using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Scheduler.State.Ports;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Server.Hosting;
using Scheduler.Tests.Server.Players;

namespace Scheduler.Tests.Server.Http;

/// <summary>Keys, tokens, tickets and viewers' addresses, in every place where a call can leave them, with every log turned up as far as it goes.</summary>
public sealed class RedactionTests : IAsyncLifetime
{
    private const string Provider = "Logging:Scheduler.Tests.Server.Hosting.LogCapture:LogLevel:";
    private const string Named = "91.1.77.41", Malformed = "91.1.77.42x", Queried = "91.1.77.43", Forwarded = "91.1.77.44", Rfc7239 = "91.1.77.45";
    private const string WrongKey = "sk_a_0000000000_WrongKeyOfNobodyWrongKeyOfNobody", WrongToken = "WrongTokenOfNobodyWrongTokenOfNobody";
    private readonly LiveScheduler _scheduler = new();
    private readonly ConcurrentQueue<string> _spans = new();
    private readonly ConcurrentQueue<string> _refusals = new();
    private readonly ActivityListener _listener;

    public RedactionTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name != "System.Net.Http", // the caller's own span of his call
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => _spans.Enqueue(Write(span)),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Task InitializeAsync() => _scheduler.StartWholeAsync(
        ("Scheduler:Http:TrustedProxies:0", "127.0.0.1"),
        ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"),
        (Provider + "Default", "Trace"), (Provider + "Microsoft", "Trace"), (Provider + "Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"));

    public Task DisposeAsync()
    {
        _listener.Dispose();
        return _scheduler.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_that_must_stay_secret_is_in_logs_spans_metrics_refusals_or_the_record()
    {
        string backend = _scheduler.Key(ApiKeyKind.Backend), player = _scheduler.Key(ApiKeyKind.Player);
        Answer opened = (await CallAsync(backend, "POST", "/v1/sessions", $$"""{"stream":"private-stream","client_ip":"{{Named}}"}""")).Succeeds(201);
        string token = SessionCallTests.TokenOf(opened), ticket = opened.Json.GetProperty("candidates")[0].GetProperty("ticket").GetString()!;
        await CallAsync(backend, "POST", "/v1/sessions", $$"""{"stream":"private-stream","client_ip":"{{Malformed}}"}""");
        await CallAsync(player, "POST", "/v1/sessions", $$"""{"stream":"private-stream","client_ip":"{{Named}}"}""");
        await CallAsync(backend, "POST", "/v1/sessions:batch", $$"""{"requests":[{"stream":"private-stream","client_ip":"{{Malformed}}"}]}""");
        await CallAsync(backend, "GET", $"/v1/dispatch?stream=private-stream&client_ip={Queried}");
        await CallAsync(backend, "GET", $"/v1/dispatch?stream=private-stream&client_ip={Malformed}");
        await CallAsync(null, "POST", $"/v1/sessions?k={player}", """{"stream":"private-stream"}""");
        await CallAsync(null, "POST", $"/v1/sessions?k={WrongKey}", """{"stream":"private-stream"}""");
        await CallAsync(null, "GET", $"/no/such/path?k={player}&client_ip={Queried}");
        await CallAsync(null, "PATCH", $"/v1/sessions?k={player}&client_ip={Queried}", "{}");
        foreach (string text in (string[])[token, token[..^2] + "AA", WrongToken])
        {
            await CallAsync(backend, "POST", "/v1/sessions/heartbeat", $$"""{"token":"{{text}}"}""");
            await CallAsync(backend, "POST", "/v1/sessions/failover", $$"""{"token":"{{text}}","failed":"p00-00"}""");
            await CallAsync(backend, "DELETE", "/v1/sessions", null, ("X-Session-Token", text));
        }
        foreach ((string method, string path, string body) in ((string, string, string)[])
            [("GET", "/v1/admin/status", ""), ("PUT", "/v1/admin/fleet", "{"), ("POST", "/v1/admin/keys", "{}"), ("POST", "/v1/admin/drains", "{}"), ("POST", "/v1/reports", "{\"reports\":[{}]}")])
        {
            foreach (string? key in (string?[])[null, WrongKey, player, LiveScheduler.AdminKey]) await CallAsync(key, method, $"{path}?k={WrongKey}&client_ip={Queried}", body);
        }
        await SendRawAsync($"GET /v1/dispatch?k={player}&client_ip={Queried} \u0001 HTTP/1.1\r\nHost: x\r\n\r\n");
        await SendRawAsync($"GET /v1/dispatch HTTP/1.1\r\nHost: x\r\nAuthorization Bearer {WrongKey}\r\n\r\n");
        await SendRawAsync($"GET /v1/dispatch HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {Forwarded}\u0000\r\n\r\n");

        string log = string.Join('\n', _scheduler.Log.Lines), spans = string.Join('\n', _spans), refusals = string.Join('\n', _refusals);
        string record = (await _scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/revisions")).Succeeds().Text
            + (await _scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/keys")).Succeeds().Text
            + (await _scheduler.CallAsync(LiveScheduler.AdminKey, "GET", "/v1/admin/status")).Succeeds().Text;
        string metrics = (await _scheduler.CallAsync(null, "GET", "/metrics")).Succeeds().Text;
        Assert.Contains("Debug ", log, StringComparison.Ordinal); // the logs are turned up indeed
        Assert.Contains("Microsoft.AspNetCore", spans, StringComparison.Ordinal); // and the spans of calls are there
        string[] secrets =
        [
            .. Enum.GetValues<ApiKeyKind>().Select(_scheduler.Key), WrongKey, WrongToken, token, ticket,
            Named, Malformed[..^1], Queried, Forwarded, Rfc7239,
        ];
        foreach ((string place, string text) in ((string, string)[])[("log", log), ("spans", spans), ("refusals", refusals), ("record", record), ("metrics", metrics)])
        {
            string[] shown = [.. secrets.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase))];
            Assert.True(shown.Length == 0, $"in the {place}: {string.Join(", ", shown)}\n{string.Join('\n', text.Split('\n').Where(line => shown.Any(line.Contains)).Take(5))}");
        }
    }

    private async Task<Answer> CallAsync(string? key, string method, string path, string? body = null, params (string, string)[] headers)
    {
        Answer answer = await _scheduler.CallAsync(key, method, path, body, [("X-Forwarded-For", Forwarded), ("Forwarded", $"for={Rfc7239}"), .. headers]);
        if (answer.Status >= 400) _refusals.Enqueue(answer.Text);
        return answer;
    }

    /// <summary>Sends what no client would send, and waits for the end of the connection.</summary>
    private async Task SendRawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_scheduler.Urls[0].Host, _scheduler.Urls[0].Port);
        await using NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        string answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        _refusals.Enqueue(answer);
    }

    private static string Write(Activity span) => string.Join(
        ' ',
        [span.Source.Name, span.DisplayName, span.StatusDescription, .. span.TagObjects.Concat(span.Baggage.Select(one => new KeyValuePair<string, object?>(one.Key, one.Value)))
            .Concat(span.Events.SelectMany(one => one.Tags)).Select(tag => $"{tag.Key}={tag.Value}")]);
}
