using System.Text.Json;

namespace Scheduler.IntegrationTests;

/// <summary>The server as its operator meets it: a process that starts, serves, stops and starts again.</summary>
public sealed class ServerTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_demo_serves_real_candidates_drains_undoes_and_remembers_over_a_restart()
    {
        string token, drain, key;
        await using (ServerProcess server = await ServerProcess.StartAsync(_scratch.Root, "--demo"))
        {
            await server.ReadyAsync();
            await ServesAsync(server);
            JsonElement opened = await server.OpenAsync();
            string site = SiteOf(opened);
            Assert.Equal(3, opened.GetProperty("candidates").GetArrayLength());
            Assert.StartsWith("GB-", opened.GetProperty("cell").GetString(), StringComparison.Ordinal);

            drain = await DrainAsync(server, site);
            Assert.NotEqual(site, SiteOf(await server.OpenAsync()));
            await server.CallAsync(200, "DELETE", $"/v1/admin/drains/{drain}");
            await Deadline.UntilAsync(async () => SiteOf(await server.OpenAsync()) == site, "back at the drained site");

            drain = await DrainAsync(server, site);
            key = (await server.CallAsync(201, "POST", "/v1/admin/keys", """{"kind":"backend","name":"kept"}""")).GetProperty("key").GetString()!;
            token = opened.GetProperty("token").GetString()!;
            Assert.Equal(0, await server.StopAsync());
        }

        await using ServerProcess again = await ServerProcess.StartAsync(_scratch.Root, "--demo");
        await again.ReadyAsync();
        await ServesAsync(again);
        JsonElement drains = await again.CallAsync(200, "GET", "/v1/admin/drains");
        Assert.Equal(drain, Assert.Single(drains.GetProperty("drains").EnumerateArray()).GetProperty("id").GetString());
        string drained = drains.GetProperty("drains")[0].GetProperty("target").GetProperty("site").GetString()!;
        Assert.NotEqual(drained, SiteOf(await again.OpenAsync(key)));

        JsonElement beat = await again.CallAsync(200, "POST", "/v1/sessions/heartbeat", $$"""{"token":"{{token}}"}""");
        Assert.Equal("move", beat.GetProperty("action").GetString()); // adopted, and its site is drained
        Assert.NotEqual(drained, beat.GetProperty("candidates")[0].GetProperty("site").GetString());
        Assert.Equal(204, (await again.CallAsync("DELETE", "/v1/sessions", token: beat.GetProperty("token").GetString())).Status);
        Assert.Equal(0, await again.StopAsync());
    }

    [Fact]
    public async Task A_first_start_tells_the_admin_key_once_and_lets_nobody_else_in()
    {
        string key;
        await using (ServerProcess server = await ServerProcess.StartAsync(_scratch.Root))
        {
            string file = _scratch.File("data", "admin.key");
            key = (await File.ReadAllTextAsync(file)).Trim();
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            await Deadline.UntilAsync(() => Task.FromResult(server.Output.Contains(key, StringComparison.Ordinal)), "told");
            Assert.Equal(2, server.Output.Split(key).Length);
            Assert.Equal(401, (await server.CallAsync("POST", "/v1/sessions", """{"stream":"s"}""")).Status);
            Assert.Equal(401, (await server.CallAsync("POST", "/v1/reports", """{"reports":[]}""")).Status);
            Assert.Equal(401, (await server.CallAsync("GET", "/v1/admin/status")).Status);
            await server.CallAsync(200, "GET", "/v1/admin/status", key: key);
            Assert.Equal(0, await server.StopAsync());
        }

        await using ServerProcess again = await ServerProcess.StartAsync(_scratch.Root);
        await again.CallAsync(200, "GET", "/v1/admin/status", key: key);
        Assert.Equal(0, await again.StopAsync());
        Assert.DoesNotContain(key, again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_refuses_to_listen_beyond_loopback()
    {
        await using ChildProcess process = ServerProcess.Launch(_scratch.Root, "--demo", "--url", "http://0.0.0.0:0", "--store", "sqlite::memory:");
        Assert.Equal(1, await process.ExitAsync());
        Assert.Contains("loopback", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_words()
    {
        await using ServerProcess first = await ServerProcess.StartAsync(_scratch.Root, "--demo");
        await using ChildProcess second = ServerProcess.Launch(_scratch.Root, "--demo", "--url", first.Url, "--store", "sqlite::memory:");
        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains("--url", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Errors, StringComparison.Ordinal);
    }

    internal static Task ServesAsync(ServerProcess server) =>
        Deadline.UntilAsync(async () => (await server.CallAsync("GET", "/v1/dispatch?stream=s&client_ip=81.2.69.142")).Status == 200, "able to serve");

    private static string SiteOf(JsonElement answer) => answer.GetProperty("candidates")[0].GetProperty("site").GetString()!;

    private static async Task<string> DrainAsync(ServerProcess server, string site) => (await server.CallAsync(
        201, "POST", "/v1/admin/drains", $$"""{"target":"{{site}}","reason":"test","expires_at":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}"""))
        .GetProperty("id").GetString()!;
}
