using Scheduler.Server.Security;
using Scheduler.State.Ports;
using Scheduler.Storage;
using Scheduler.Storage.Memory;
using Scheduler.Tests.Server.Admin;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Server.Security;

public sealed class KeyRegistryTests : IDisposable
{
    private static readonly SecurityOptions NoOptions = new();

    private readonly ScratchDirectory _scratch = new();
    private readonly KeyRegistry _keys = new(new MemoryKeyStore(), NoOptions, new StoppedClock());

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_new_key_holds_at_once_and_a_revoked_one_no_more()
    {
        await Create(ApiKeyKind.Admin, "boss");
        KeyCreation.Created made = await Create(ApiKeyKind.Operator, "op");
        Assert.Equal(AdminRole.Operator, _keys.Ring.Find(made.Secret).Role);
        Assert.Equal(KeyRevocation.Revoked, await _keys.RevokeAsync(made.Key.Id, "boss", default));
        Assert.Same(Caller.UnknownKey, _keys.Ring.Find(made.Secret));
        Assert.Equal(KeyRevocation.NotFound, await _keys.RevokeAsync(made.Key.Id, "boss", default));
        Assert.Equal("boss", _keys.Keys.Single(key => key.Id == made.Key.Id).RevokedBy);
    }

    [Fact]
    public async Task What_another_process_did_to_the_keys_holds_from_the_next_look_on()
    {
        var store = new MemoryKeyStore();
        using var here = new KeyRegistry(store, NoOptions, new StoppedClock());
        using var there = new KeyRegistry(store, NoOptions, new StoppedClock());
        var made = (KeyCreation.Created)await there.CreateAsync(ApiKeyKind.Viewer, "eyes", [], "x", null, default);
        Assert.Same(Caller.UnknownKey, here.Ring.Find(made.Secret));
        await here.LoadAsync(default);
        Assert.Equal(AdminRole.Viewer, here.Ring.Find(made.Secret).Role);
        KeyRing known = here.Ring;
        await here.LoadAsync(default);
        Assert.Same(known, here.Ring); // nothing new, nothing made anew
        await there.RevokeAsync(made.Key.Id, "x", default);
        await here.LoadAsync(default);
        Assert.Same(Caller.UnknownKey, here.Ring.Find(made.Secret));
    }

    [Fact]
    public async Task The_last_admin_key_cannot_be_revoked_unless_the_configuration_has_one()
    {
        KeyCreation.Created first = await Create(ApiKeyKind.Admin, "first");
        Assert.Equal(KeyRevocation.LastAdmin, await _keys.RevokeAsync(first.Key.Id, "first", default));
        await Create(ApiKeyKind.Admin, "second");
        Assert.Equal(KeyRevocation.Revoked, await _keys.RevokeAsync(first.Key.Id, "second", default));

        var configured = new KeyRegistry(new MemoryKeyStore(), new SecurityOptions { AdminKey = "a-configured-admin-key" }, new StoppedClock());
        var only = (KeyCreation.Created)await configured.CreateAsync(ApiKeyKind.Admin, "only", [], "x", null, default);
        Assert.Equal(KeyRevocation.Revoked, await configured.RevokeAsync(only.Key.Id, "x", default));
    }

    [Fact]
    public async Task The_file_of_the_store_holds_no_part_of_a_secret()
    {
        string path = _scratch.File("scheduler.db");
        var secrets = new List<string>();
        await using (Stores stores = StoreAddress.Open($"sqlite:{path}"))
        {
            var keys = new KeyRegistry(stores.Keys, NoOptions, new StoppedClock());
            foreach (ApiKeyKind kind in Enum.GetValues<ApiKeyKind>())
            {
                var request = new RequestMark($"me/keys/{kind}", "hash");
                secrets.Add(((KeyCreation.Created)await keys.CreateAsync(kind, $"name {kind}", [], "me", request, default)).Secret);
            }

            AssertAbsent(secrets); // while the write-ahead log is there
        }

        AssertAbsent(secrets);
    }

    [Fact]
    public void Nothing_that_holds_a_secret_prints_it()
    {
        (ApiKey stored, string secret) = Keys.New(ApiKeyKind.Admin);
        Assert.DoesNotContain(secret, new KeyCreation.Created(stored, secret).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, new FirstStart(secret, "file").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("7,", new MasterSecret(1, new byte[] { 7, 7 }, default).ToString(), StringComparison.Ordinal);
    }

    private void AssertAbsent(List<string> secrets)
    {
        foreach (string file in Directory.GetFiles(_scratch.Root))
        {
            string content = Latin1(file);
            if (file.EndsWith(".db", StringComparison.Ordinal) && !File.Exists(file + "-wal")) Assert.Contains("name Player", content, StringComparison.Ordinal);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret[^16..], content, StringComparison.Ordinal));
        }
    }

    private static string Latin1(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private async Task<KeyCreation.Created> Create(ApiKeyKind kind, string name)
        => Assert.IsType<KeyCreation.Created>(await _keys.CreateAsync(kind, name, [], "test", null, default));
}
