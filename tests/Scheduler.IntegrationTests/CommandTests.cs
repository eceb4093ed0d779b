using System.Text.Json;

namespace Scheduler.IntegrationTests;

/// <summary>The command line against a running scheduler in demo mode, each command a process of its own.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private ServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(_scratch.Root, "--demo");
        await _server.ReadyAsync();
        await ServerTests.ServesAsync(_server);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Operators_see_how_things_are()
    {
        Assert.True(JsonOf(await RunAsync("status", "--json")).GetProperty("ready").GetBoolean());
        Assert.Contains("lon1", await RunAsync("sites", "--once"), StringComparison.Ordinal);
        Assert.Contains("lon1", await RunAsync("dispatch", "--stream", "live-42", "--client-ip", "81.2.69.142"), StringComparison.Ordinal);
        Assert.NotEqual("", await RunAsync("revisions"));
    }

    [Fact]
    public async Task A_fleet_goes_out_and_comes_back_the_same()
    {
        string file = _scratch.File("fleet.yaml"), again = _scratch.File("again.yaml");
        await RunAsync("fleet", "export", "--out", file);
        await RunAsync("fleet", "validate", file);
        string fleet = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, fleet.Replace("place: Amsterdam", "place: Amstelveen", StringComparison.Ordinal));
        await RunAsync("fleet", "import", file, "--reason", "test", "--yes");
        await RunAsync("fleet", "export", "--out", again);
        Assert.Equal(await File.ReadAllTextAsync(file), await File.ReadAllTextAsync(again));
        Assert.NotEqual(fleet, await File.ReadAllTextAsync(again));
        Assert.Contains("test", await RunAsync("revisions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drain_is_started_listed_and_cancelled()
    {
        await RunAsync("drain", "start", "lon1", "--reason", "fibre", "--for", "1h", "--yes");
        JsonElement drain = Assert.Single(JsonOf(await RunAsync("drain", "list", "--json")).GetProperty("drains").EnumerateArray());
        Assert.DoesNotContain("lon1-", await RunAsync("dispatch", "--stream", "live-42", "--client-ip", "81.2.69.142"), StringComparison.Ordinal);
        await RunAsync("drain", "cancel", drain.GetProperty("id").GetString()!);
        Assert.Equal(0, JsonOf(await RunAsync("drain", "list", "--json")).GetProperty("drains").GetArrayLength());
    }

    [Fact]
    public async Task A_key_is_made_listed_and_revoked()
    {
        string key = (await RunAsync("keys", "create", "--kind", "backend", "--name", "shop")).Trim();
        await _server.OpenAsync(key);
        string list = await RunAsync("keys", "list", "--json");
        Assert.DoesNotContain(key, list, StringComparison.Ordinal);
        JsonElement made = JsonOf(list).GetProperty("keys").EnumerateArray().Single(k => k.GetProperty("name").GetString() == "shop");
        await RunAsync("keys", "revoke", made.GetProperty("id").GetString()!, "--yes");
        Assert.Equal(401, (await _server.CallAsync("POST", "/v1/sessions", """{"stream":"s"}""", key)).Status);
    }

    [Fact]
    public async Task A_lost_admin_key_is_recovered_while_the_scheduler_runs()
    {
        string lost = (await RunAsync("keys", "create", "--kind", "admin", "--name", "lost")).Trim();
        string key = (await RunAsync("keys", "recover", "--revoke-others")).Trim();
        await Deadline.UntilAsync(async () => (await _server.CallAsync("GET", "/v1/admin/keys", null, key)).Status == 200, "taken");
        Assert.Equal(401, (await _server.CallAsync("GET", "/v1/admin/keys", null, lost)).Status);
    }

    [Fact]
    public async Task Token_keys_rotate_and_every_site_is_told_of_the_new_one()
    {
        JsonElement opened = await _server.OpenAsync();
        Assert.Equal(2, JsonOf(await RunAsync("keys", "rotate", "--reason", "test", "--json")).GetProperty("id").GetInt32());
        Assert.Equal(2, JsonOf(await RunAsync("keys", "site", "lon1", "--json")).GetProperty("keys").GetArrayLength());
        await _server.CallAsync(200, "POST", "/v1/sessions/heartbeat", $$"""{"token":"{{opened.GetProperty("token")}}"}""");
        await using ChildProcess again = Launch("keys", "rotate", "--reason", "too soon");
        Assert.Equal(1, await again.ExitAsync());
        Assert.Contains("wait until then", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_viewers_play_without_an_error()
    {
        JsonElement summary = JsonOf(await RunAsync("load", "--viewers", "50", "--duration", "3s", "--ramp", "1s", "--json"));
        Assert.True(summary.GetProperty("opens").GetInt64() >= 50, summary.ToString());
        Assert.Equal(0, summary.GetProperty("broken_connections").GetInt64());
        Assert.Equal(0, summary.GetProperty("unreadable").GetInt64());
        Assert.All(summary.GetProperty("by_status").EnumerateObject(), status => Assert.StartsWith("2", status.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_refused_fails_in_words()
    {
        await using ChildProcess process = Launch("drain", "start", "no-such-site", "--reason", "x", "--for", "1h", "--yes");
        Assert.Equal(1, await process.ExitAsync());
        Assert.Contains("no-such-site", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
    }

    private ChildProcess Launch(params string[] arguments) => ChildProcess.Start("scheduler.dll", _scratch.Root, [.. arguments, "--url", _server.Url]);

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>Its standard output.</returns>
    private async Task<string> RunAsync(params string[] arguments)
    {
        await using ChildProcess process = Launch(arguments);
        int code = await process.ExitAsync();
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: exit code {code}\n{process.Output}");
        return process.StandardOutput;
    }

    private static JsonElement JsonOf(string text) => JsonDocument.Parse(text).RootElement;
}
