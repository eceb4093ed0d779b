using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Scheduler.IntegrationTests;

/// <summary>A running server: the built program in a process of its own, on a free port, in a directory of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The server that was built beside the tests.</summary>
    public const string Program = "Scheduler.Server.dll";

    private const string Listening = "listening on ";
    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private ServerProcess(ChildProcess process, string url)
    {
        _process = process;
        Url = url;
        _http = new HttpClient { BaseAddress = new Uri(url) };
    }

    public string Url { get; }

    /// <summary>Number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>What it has printed so far.</summary>
    public string Output => _process.Output;

    /// <summary>The command line of the built server, for starts that are to fail.</summary>
    public static ChildProcess Launch(string directory, params string[] arguments) => LaunchProgram(Program, directory, arguments);

    /// <summary>The same with the server of another build.</summary>
    public static ChildProcess LaunchProgram(string program, string directory, params string[] arguments) => ChildProcess.Start(program, directory, arguments);

    /// <summary>Starts in a directory, whose store outlives the process, and waits until it listens.</summary>
    public static Task<ServerProcess> StartAsync(string directory, params string[] arguments) => StartProgramAsync(Program, directory, arguments);

    /// <summary>The same with the server of another build.</summary>
    public static async Task<ServerProcess> StartProgramAsync(string program, string directory, params string[] arguments)
    {
        ChildProcess process = LaunchProgram(program, directory, ["--url", "http://127.0.0.1:0", "--store", "sqlite:data/scheduler.db", .. arguments]);
        string? line = null;
        await Deadline.UntilAsync(
            () =>
            {
                line = process.Lines.FirstOrDefault(l => l.StartsWith(Listening, StringComparison.Ordinal));
                Assert.False(line is null && process.HasExited, $"the server ended: {process.Output}");
                return Task.FromResult(line is not null);
            },
            "listening", seconds: 60);
        return new ServerProcess(process, line![Listening.Length..].Split(' ')[0]);
    }

    /// <summary>Waits until players may be sent there.</summary>
    public Task ReadyAsync() => Deadline.UntilAsync(async () => (await CallAsync("GET", "/healthz/ready")).Status == 200, "ready", seconds: 5);

    public async Task<(int Status, JsonElement Json)> CallAsync(string method, string path, string? body = null, string? key = null, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (token is not null) request.Headers.Add("X-Session-Token", token);
        using HttpResponseMessage response = await _http.SendAsync(request);
        byte[] answer = await response.Content.ReadAsByteArrayAsync();
        return ((int)response.StatusCode, answer.Length > 0 && answer[0] == '{' ? JsonDocument.Parse(answer).RootElement : default);
    }

    /// <summary>Calls and wants a status.</summary>
    public async Task<JsonElement> CallAsync(int expected, string method, string path, string? body = null, string? key = null)
    {
        (int status, JsonElement json) = await CallAsync(method, path, body, key);
        Assert.True(status == expected, $"{method} {path}: {status} {json}");
        return json;
    }

    /// <summary>What it counts.</summary>
    /// <returns>The sample of a series, as it is written.</returns>
    public async Task<string?> MetricAsync(string series) =>
        (await _http.GetStringAsync("/metrics")).Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal))?[(series.Length + 1)..];

    /// <summary>Puts a fleet where there is none yet.</summary>
    public async Task PutFirstFleetAsync(string yaml, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/admin/fleet") { Content = new StringContent(yaml, Encoding.UTF8, "application/yaml") };
        request.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using HttpResponseMessage put = await _http.SendAsync(request);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
    }

    /// <summary>Opens a session of a viewer in London.</summary>
    public Task<JsonElement> OpenAsync(string? key = null) => CallAsync(201, "POST", "/v1/sessions", """{"stream":"live-42","client_ip":"81.2.69.142"}""", key);

    /// <summary>Asks it to end, as a supervisor does.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync() => _process.TerminateAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }
}
