using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Scheduler.IntegrationTests.Soak;

/// <summary>Everybody who calls a scheduler, at once, until told to stop: viewers, nodes, operators, and those who mean no good.</summary>
internal sealed class SoakTraffic : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _adminKey;
    private readonly string[] _nodes;
    private readonly string _fleet;
    private readonly string _map;
    private readonly ConcurrentDictionary<string, long> _answers = new();
    private volatile string _token = "";
    private long _calls;
    private long _sequence;

    public SoakTraffic(string url, string adminKey, string fleetYaml, string[] nodes, string map)
    {
        (_adminKey, _nodes, _fleet, _map) = (adminKey, nodes, fleetYaml, map);
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 16 }) { BaseAddress = new Uri(url) };
    }

    public HttpClient Http => _http;

    public long Calls => Volatile.Read(ref _calls);

    /// <summary>How often each call was answered with which status.</summary>
    public IReadOnlyDictionary<string, long> Answers => _answers;

    /// <summary>Calls until the end.</summary>
    public Task RunAsync(CancellationToken end) => Task.WhenAll(
    [
        .. Enumerable.Range(0, 6).Select(i => LoopAsync(TimeSpan.FromMilliseconds(15), new Random(i), ViewAsync, end)),
        LoopAsync(TimeSpan.FromSeconds(1), new Random(10), _ => ReportAsync(), end),
        LoopAsync(TimeSpan.FromMilliseconds(700), new Random(11), OperateAsync, end),
        LoopAsync(TimeSpan.FromMilliseconds(50), new Random(12), HarmAsync, end),
        LoopAsync(TimeSpan.FromSeconds(8), new Random(13), _ => ReplaceMapAsync(), end),
    ]);

    public Task ReportAsync()
    {
        long sequence = Interlocked.Increment(ref _sequence);
        IEnumerable<string> reports = _nodes.Select(node =>
            $$"""{"node":"{{node}}","incarnation":1,"sequence":{{sequence}},"capacity_bps":4e10,"egress_bps":1e9,"sessions":300,"state":"serving","streams":[{"id":"live-{{sequence % 500}}","viewers":10,"egress_bps":3e7}]}""");
        return CallAsync("report", "POST", "v1/reports", $$"""{"reports":[{{string.Join(',', reports)}}]}""");
    }

    public void Dispose() => _http.Dispose();

    private static async Task LoopAsync(TimeSpan pause, Random random, Func<Random, Task> act, CancellationToken end)
    {
        using var timer = new PeriodicTimer(pause);
        while (!end.IsCancellationRequested)
        {
            await act(random);
            try
            {
                await timer.WaitForNextTickAsync(end);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>A viewer's whole life: some beat, some fail over, some close, many are never heard of again.</summary>
    private async Task ViewAsync(Random random)
    {
        // Every tenth stream is one that never returns.
        string stream = random.Next(10) == 0 ? $"once-{random.NextInt64()}" : $"live-{random.Next(500)}";
        JsonElement opened = await CallAsync("open", "POST", "v1/sessions", $$"""{"stream":"{{stream}}","client_ip":"{{random.Next(1, 223)}}.{{random.Next(256)}}.7.9"}""");
        if (opened.ValueKind != JsonValueKind.Object || !opened.TryGetProperty("token", out JsonElement token)) return;
        _token = token.GetString()!;
        for (int beat = random.Next(3); beat > 0; beat--) await CallAsync("beat", "POST", "v1/sessions/heartbeat", $$"""{"token":"{{token}}","rtt_ms":12}""");
        if (random.Next(20) == 0)
            await CallAsync("failover", "POST", "v1/sessions/failover", $$"""{"token":"{{token}}","failed":"{{opened.GetProperty("candidates")[0].GetProperty("node")}}","reason":"timeout"}""");
        if (random.Next(2) == 0) await CallAsync("close", "DELETE", "v1/sessions", null, ("X-Session-Token", token.GetString()!));
    }

    private async Task OperateAsync(Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                string place = $"place: Amsterdam {random.Next(100)}";
                await CallAsync("fleet", "PUT", "v1/admin/fleet?format=yaml", _fleet.Replace("place: Amsterdam", place, StringComparison.Ordinal), ("If-Match", "*"));
                break;
            case 1:
                JsonElement drain = await CallAsync("drain", "POST", "v1/admin/drains", $$"""{"target":"lon1","reason":"soak","expires_at":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}""");
                if (drain.TryGetProperty("id", out JsonElement id)) await CallAsync("undo", "DELETE", $"v1/admin/drains/{id}");
                break;
            case 2:
                JsonElement key = await CallAsync("key", "POST", "v1/admin/keys", $$"""{"kind":"backend","name":"soak {{random.NextInt64()}}"}""");
                await CallAsync("revoke", "DELETE", $"v1/admin/keys/{key.GetProperty("id")}");
                break;
            case 3:
                await CallAsync("node", "PUT", $"v1/admin/nodes/{_nodes[random.Next(_nodes.Length)]}/state", """{"in_service":true,"weight":0.5,"reason":"soak"}""");
                break;
            case 4:
                await CallAsync("read", "GET", "v1/admin/revisions?limit=200");
                await CallAsync("read", "GET", "v1/admin/sites");
                break;
            default:
                await CallAsync("read", "GET", "v1/admin/fleet?format=yaml");
                await CallAsync("read", "GET", "v1/admin/sites/lon1/ticket-keys");
                break;
        }
    }

    private async Task HarmAsync(Random random)
    {
        byte[] noise = new byte[random.Next(1, 2_000)];
        random.NextBytes(noise);
        switch (random.Next(4))
        {
            case 0:
                await CallAsync("harm", "POST", "v1/sessions", Convert.ToBase64String(noise));
                break;
            case 1:
                string forged = _token.Length > 20 ? _token[..20] + (_token[20] == 'A' ? 'B' : 'A') + _token[21..] : "none";
                await CallAsync("harm", "POST", "v1/sessions/heartbeat", $$"""{"token":"{{forged}}"}""");
                break;
            case 2:
                await CallAsync("harm", "POST", "v1/reports", "{\"reports\":[" + string.Concat(Enumerable.Repeat("{\"node\":\"nowhere\"},", 100)) + "{}]}");
                break;
            default:
                using (var raw = new TcpClient())
                {
                    await raw.ConnectAsync(_http.BaseAddress!.Host, _http.BaseAddress.Port);
                    await raw.GetStream().WriteAsync(random.Next(2) == 0 ? noise : Encoding.ASCII.GetBytes("POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{"));
                }

                break;
        }
    }

    private Task ReplaceMapAsync()
    {
        string other = _map + ".new";
        File.Copy(_map, other, overwrite: true);
        File.SetLastWriteTimeUtc(other, DateTime.UtcNow);
        File.Move(other, _map, overwrite: true);
        return Task.CompletedTask;
    }

    private async Task<JsonElement> CallAsync(string what, string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _adminKey);
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await _http.SendAsync(request);
        byte[] answer = await response.Content.ReadAsByteArrayAsync();
        Interlocked.Increment(ref _calls);
        _answers.AddOrUpdate($"{what} {(int)response.StatusCode}", 1, (_, count) => count + 1);
        return answer.Length > 0 && answer[0] == '{' ? JsonDocument.Parse(answer).RootElement : default;
    }
}
