using Scheduler.Server.Security;
using Scheduler.State.Ports;
using Scheduler.Storage.Memory;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Server.Security;

public sealed class FirstStartTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly IKeyStore _store = new MemoryKeyStore();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_first_start_makes_an_admin_key_and_writes_it_for_the_owner_only()
    {
        KeyRegistry keys = await Load(new SecurityOptions());
        FirstStart first = (await Prepare(keys, new SecurityOptions()))!;
        Assert.Equal(AdminRole.Admin, keys.Ring.Find(first.AdminKey).Role);
        Assert.Equal(_scratch.File("data", "admin.key"), first.KeyFile);
        Assert.Equal(first.AdminKey, (await File.ReadAllTextAsync(first.KeyFile)).TrimEnd());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(first.KeyFile));
    }

    [Fact]
    public async Task The_second_start_makes_none()
    {
        await Prepare(await Load(new SecurityOptions()), new SecurityOptions());
        Assert.Null(await Prepare(await Load(new SecurityOptions()), new SecurityOptions()));
        Assert.Single(await _store.ListAsync(default));
    }

    [Fact]
    public async Task A_configured_admin_key_makes_it_no_first_start()
    {
        var options = new SecurityOptions { AdminKey = "a-configured-admin-key" };
        Assert.Null(await Prepare(await Load(options), options));
        Assert.Empty(await _store.ListAsync(default));
        Assert.False(File.Exists(_scratch.File("data", "admin.key")));
    }

    [Fact]
    public async Task An_old_key_file_that_others_could_read_is_replaced()
    {
        Directory.CreateDirectory(_scratch.File("data"));
        await File.WriteAllTextAsync(_scratch.File("data", "admin.key"), "a much longer text than any key ever was, so that a remainder would show");
        FirstStart first = (await Prepare(await Load(new SecurityOptions()), new SecurityOptions()))!;
        Assert.Equal(first.AdminKey + Environment.NewLine, await File.ReadAllTextAsync(first.KeyFile));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(first.KeyFile));
    }

    [Fact]
    public async Task When_the_key_cannot_be_written_none_is_made()
    {
        await File.WriteAllTextAsync(_scratch.File("data"), "a file where the directory should be");
        KeyRegistry keys = await Load(new SecurityOptions());
        await Assert.ThrowsAnyAsync<IOException>(() => Prepare(keys, new SecurityOptions()));
        Assert.Empty(await _store.ListAsync(default));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("has a space inside of it, which no header keeps")]
    [InlineData("")]
    public void A_weak_admin_key_is_a_problem_that_does_not_repeat_it(string key)
    {
        string problem = Assert.Single(new SecurityOptions { AdminKey = key }.Problems());
        Assert.Contains("AdminKey", problem, StringComparison.Ordinal);
        if (key.Length > 0) Assert.DoesNotContain(key, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configured_master_secrets_come_in_their_order_and_spare_the_store()
    {
        string secret = Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        var options = new SecurityOptions { TokenKeys = { $"9:{secret}", $"2:{secret}" } };
        Assert.Empty(options.Problems());
        var store = new MemorySecretStore();
        var secrets = await MasterSecrets.LoadAsync(options, store, new StoppedClock(), default);
        Assert.Equal([9, 2], secrets.Select(one => (int)one.Id));
        Assert.Equal(31, secrets[0].Bytes.Span[31]);
        Assert.NotNull(await store.AddAsync(new byte[32], default, default)); // it was empty: this is the first
        Assert.Equal(1, (await store.ReadOrCreateAsync(new byte[32], default, default))[0].Id);
    }

    [Fact]
    public async Task The_master_secret_is_made_once_and_kept_by_the_store()
    {
        var store = new MemorySecretStore();
        var first = await MasterSecrets.LoadAsync(new SecurityOptions(), store, new StoppedClock(), default);
        var second = await MasterSecrets.LoadAsync(new SecurityOptions(), store, new StoppedClock(), default);
        Assert.Equal(first[0].Bytes.ToArray(), second[0].Bytes.ToArray());
        Assert.NotEqual(new byte[32], first[0].Bytes.ToArray());
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("0:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("1:AAEC")]
    [InlineData("1:!!!")]
    public void A_malformed_master_secret_is_a_problem(string text)
        => Assert.Single(new SecurityOptions { TokenKeys = { text } }.Problems());

    private async Task<KeyRegistry> Load(SecurityOptions options)
    {
        var keys = new KeyRegistry(_store, options, new StoppedClock());
        await keys.LoadAsync(default);
        return keys;
    }

    private async Task<FirstStart?> Prepare(KeyRegistry keys, SecurityOptions options)
        => await FirstStart.PrepareAsync(keys, options, _scratch.File("data"), default);
}
