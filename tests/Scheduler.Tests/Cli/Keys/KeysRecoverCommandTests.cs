using System.Text.Json;
using Microsoft.Data.Sqlite;
using Scheduler.Server.Security;
using Scheduler.State.Ports;
using Scheduler.Storage;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Cli.Keys;

public sealed class KeysRecoverCommandTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly CliRun _cli = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_new_admin_key_is_printed_once_and_holds()
    {
        await MakeStoreAsync();
        Assert.Equal(0, await _cli.RunAsync("keys", "recover", "--store", Address));
        string secret = _cli.Out.Trim();
        Assert.StartsWith("sk_a_", secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, _cli.Error, StringComparison.Ordinal);

        await using Stores stores = StoreAddress.Open(Address);
        using var keys = new KeyRegistry(stores.Keys, new SecurityOptions(), new StoppedClock());
        await keys.LoadAsync(default);
        Assert.Equal(AdminRole.Admin, keys.Ring.Find(secret).Role);
        Assert.Equal("keys recover", keys.Keys[^1].CreatedBy);
        Assert.All(keys.Keys, key => Assert.Null(key.RevokedAt));
    }

    [Fact]
    public async Task The_other_admin_keys_are_revoked_on_demand_and_no_other_key()
    {
        await MakeStoreAsync();
        Assert.Equal(0, await _cli.RunAsync("keys", "recover", "--store", Address, "--revoke-others", "--json"));
        JsonElement made = JsonDocument.Parse(_cli.Out).RootElement;
        Assert.Equal(1, made.GetProperty("revoked").GetArrayLength());

        await using Stores stores = StoreAddress.Open(Address);
        ApiKey[] keys = [.. await stores.Keys.ListAsync(default)];
        Assert.Equal([ApiKeyKind.Admin], keys.Where(key => key.RevokedAt is not null).Select(key => key.Kind));
        Assert.Equal(made.GetProperty("name").GetString(), keys[0].RevokedBy);
        Assert.Equal([ApiKeyKind.Reporter, ApiKeyKind.Admin], keys.Where(key => key.RevokedAt is null).Select(key => key.Kind));
    }

    [Fact]
    public async Task Two_of_one_second_are_two()
    {
        await MakeStoreAsync();
        Assert.Equal(0, await _cli.RunAsync("keys", "recover", "--store", Address));
        Assert.Equal(0, await _cli.RunAsync("keys", "recover", "--store", Address));
    }

    [Fact]
    public async Task Where_there_is_no_store_none_is_made()
    {
        await Refuses("There is no store at");
        Assert.False(File.Exists(Path));
        Assert.Equal(1, await _cli.RunAsync("keys", "recover", "--store", "postgres://u:p@h/db"));
        Assert.DoesNotContain("u:p", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_store_is_told()
    {
        await File.WriteAllTextAsync(Path, new string('x', 5_000));
        await Refuses("cannot be opened");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    public async Task A_store_of_another_version_is_left_alone(int version)
    {
        await MakeStoreAsync();
        await ExecuteAsync($"PRAGMA user_version = {version}");
        await Refuses($"has schema version {version}");
        await ExecuteAsync($"PRAGMA user_version = {version}");
    }

    [Fact]
    public async Task A_store_that_another_process_holds_is_told_after_a_while()
    {
        await MakeStoreAsync();
        await using var holder = new SqliteConnection($"Data Source={Path};Pooling=false");
        await holder.OpenAsync();
        await using var hold = holder.CreateCommand();
        hold.CommandText = "BEGIN EXCLUSIVE";
        await hold.ExecuteNonQueryAsync();
        await Refuses("locked");
    }

    private string Path => _scratch.File("scheduler.db");

    private string Address => $"sqlite:{Path}";

    private async Task MakeStoreAsync()
    {
        await using Stores stores = StoreAddress.Open(Address);
        using var keys = new KeyRegistry(stores.Keys, new SecurityOptions(), new StoppedClock());
        await keys.CreateAsync(ApiKeyKind.Admin, "lost", [], "scheduler", null, default);
        await keys.CreateAsync(ApiKeyKind.Reporter, "edge", ["p00"], "lost", null, default);
    }

    private async Task Refuses(string reason)
    {
        Assert.Equal(1, await _cli.RunAsync("keys", "recover", "--store", Address));
        Assert.Contains(reason, _cli.Error, StringComparison.Ordinal);
        Assert.Equal("", _cli.Out);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
