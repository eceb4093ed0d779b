using System.Net.Http.Json;
using System.Text.Json;
using Scheduler.IntegrationTests;

namespace Scheduler.BrowserTests.OperatorConsole;

/// <summary>A server in demo mode whose nodes are so small that a few hundred viewers are seen.</summary>
public sealed class ConsoleServer : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private readonly HttpClient _http = new();
    private ServerProcess? _server;

    /// <summary>Where it listens.</summary>
    public string Url => _server!.Url;

    /// <summary>The admin key of the first start.</summary>
    public string AdminKey => File.ReadAllText(Path.Combine(_scratch.Root, "data", "admin.key")).Trim();

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(_scratch.Root, "--demo", "--Scheduler:DemoScale=1000");
        await _server.ReadyAsync();
        await OpenAsync(600, "warm");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _scratch.Dispose();
    }

    /// <summary>Opens sessions of viewers all over the address space.</summary>
    /// <param name="count">How many, at most 1,000.</param>
    /// <param name="stream">What they watch.</param>
    public async Task OpenAsync(int count, string stream)
    {
        var requests = Enumerable.Range(0, count).Select(i => new { stream = $"{stream}-{i % 20}", client_ip = $"{1 + (i * 37 % 223)}.{i * 53 % 256}.{i * 11 % 256}.{1 + (i % 254)}" });
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(Url + "/v1/sessions:batch", new { requests });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes a key.</summary>
    public async Task<(string Id, string Key)> KeyAsync(string kind, string name)
    {
        JsonElement made = await CallAsync(HttpMethod.Post, "/v1/admin/keys", new { kind, name });
        return (made.GetProperty("id").GetString()!, made.GetProperty("key").GetString()!);
    }

    /// <summary>Calls the admin API.</summary>
    public async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, Url + path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        string text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
