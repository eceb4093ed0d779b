namespace Scheduler.IntegrationTests.Postgres;

/// <summary>The programs as their operator starts them, on a PostgreSQL store.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresServerTests(PostgresFixture postgres) : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly string _url = postgres.Server.Url(postgres.Server.CreateDatabase());

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_server_keeps_its_state_there_takes_in_what_others_change_and_prints_no_password()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(
            _scratch.Root, "--store", _url, "--Scheduler:Cluster:Key=0123456789abcdef0123456789abcdef", "--Scheduler:Cluster:PeerUrl=http://127.0.0.1:0");
        string first = (await File.ReadAllTextAsync(_scratch.File("data", "admin.key"))).Trim();
        await server.CallAsync(200, "GET", "/v1/admin/keys", key: first);

        // Another process makes a key: the server hears of it by notice, long before it would look by itself.
        await using ChildProcess recovery = ChildProcess.Start("scheduler.dll", _scratch.Root, "keys", "recover", "--store", _url);
        Assert.Equal(0, await recovery.ExitAsync());
        string second = recovery.StandardOutput.Trim();
        await Deadline.UntilAsync(async () => (await server.CallAsync("GET", "/v1/admin/keys", key: second)).Status == 200, "in force: the key that was recovered", seconds: 4);

        await using ChildProcess export = ChildProcess.Start("scheduler.dll", _scratch.Root, "store", "export", "all.jsonl", "--store", _url);
        Assert.Equal(0, await export.ExitAsync());
        await using ChildProcess import = ChildProcess.Start("scheduler.dll", _scratch.Root, "store", "import", "all.jsonl", "--yes", "--store", _url);
        Assert.NotEqual(0, await import.ExitAsync());
        Assert.Contains("not empty", import.Errors, StringComparison.Ordinal);
        string escaped = Uri.EscapeDataString(PostgresServer.Password);
        foreach (string output in (string[])[server.Output, recovery.Output, export.Output, import.Output])
        {
            Assert.DoesNotContain(PostgresServer.Password, output, StringComparison.Ordinal);
            Assert.DoesNotContain(escaped, output, StringComparison.Ordinal);
        }
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task A_drain_that_one_server_starts_is_in_force_on_the_other_until_it_is_undone_there()
    {
        await using ServerProcess one = await StartAsync("one"), two = await StartAsync("two");
        string body = $$"""{"target":"lon1","reason":"fibre","force":true,"expires_at":"{{DateTimeOffset.UtcNow.AddHours(1):O}}"}""";
        string drain = (await one.CallAsync(201, "POST", "/v1/admin/drains", body)).GetProperty("id").GetString()!;
        await Deadline.UntilAsync(async () => (await two.CallAsync("GET", $"/v1/admin/drains/{drain}")).Status == 200, "in force on the other", seconds: 4);
        await two.CallAsync(200, "DELETE", $"/v1/admin/drains/{drain}");
        await Deadline.UntilAsync(
            async () => (await one.CallAsync(200, "GET", "/v1/admin/drains")).GetProperty("drains").GetArrayLength() == 0, "undone on the first", seconds: 4);
        foreach (ServerProcess server in (ServerProcess[])[one, two]) Assert.Equal(0, await server.StopAsync());
    }

    private Task<ServerProcess> StartAsync(string name)
    {
        Directory.CreateDirectory(_scratch.File(name));
        return ServerProcess.StartAsync(
            _scratch.File(name), "--store", _url, "--Scheduler:Cluster:Key=0123456789abcdef0123456789abcdef", $"--Scheduler:Cluster:Name={name}",
            "--Scheduler:Cluster:PeerUrl=http://127.0.0.1:0", "--demo");
    }
}
