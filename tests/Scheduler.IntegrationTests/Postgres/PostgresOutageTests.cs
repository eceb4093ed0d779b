using Scheduler.State.Ports;
using Scheduler.Storage;
using Scheduler.Tests.Storage.Archives;

namespace Scheduler.IntegrationTests.Postgres;

/// <summary>A server that goes away, comes back, or hangs: it is the tests' own, since they stop it.</summary>
public sealed class PostgresOutageTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly PostgresServer _server = postgres.Server;
    private readonly string _url = postgres.Server.Url(postgres.Server.CreateDatabase());

    [Fact]
    public async Task After_a_restart_the_first_call_succeeds_although_every_pooled_connection_is_dead()
    {
        await using Stores stores = StoreAddress.Open(_url);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await stores.Revisions.ReadNewestNumberAsync(default)))); // some connections
        await _server.StopAsync();
        await _server.StartAsync();
        Assert.Equal(new AppendResult(true, 1), await stores.Revisions.AppendAsync(ArchivedStore.Draft("fleet"), 0, default));
        Assert.Equal(1, await stores.Revisions.ReadNewestNumberAsync(default));
    }

    [Fact]
    public async Task While_the_server_is_down_calls_say_so_and_a_store_that_was_opened_meanwhile_works_afterwards()
    {
        await using Stores before = StoreAddress.Open(_url);
        await _server.StopAsync();
        await Assert.ThrowsAsync<StoreUnreachableException>(async () => await before.Revisions.ReadNewestNumberAsync(default));
        await Assert.ThrowsAsync<StoreUnreachableException>(async () => await before.Revisions.AppendAsync(ArchivedStore.Draft("fleet"), 0, default));
        Assert.Throws<StoreUnreachableException>(() => StoreAddress.Open(_url));
        await using Stores meanwhile = StoreAddress.OpenOrAwait(_url, out StoreUnreachableException? absence);
        Assert.NotNull(absence);
        Assert.DoesNotContain(PostgresServer.Password, absence.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnreachableException>(async () => await meanwhile.Keys.ListAsync(default));
        await _server.StartAsync();
        Assert.Empty(await meanwhile.Keys.ListAsync(default));
        Assert.Equal(0, await before.Revisions.ReadNewestNumberAsync(default));
    }

    [Fact]
    public async Task A_server_that_hangs_makes_calls_fail_and_is_used_again_when_it_goes_on()
    {
        await using Stores stores = StoreAddress.Open(_url);
        Assert.Equal(0, await stores.Revisions.ReadNewestNumberAsync(default));
        using var stop = new CancellationTokenSource();
        Task listening = await ListeningAsync(stores.Cluster!, stop.Token);
        _server.Freeze();
        try
        {
            await FailsInTimeAsync(stores.Revisions.ReadNewestNumberAsync(default).AsTask()); // over a connection that it has
            await FailsInTimeAsync(Task.Run(() => StoreAddress.Open(_url))); // over a new one
            await FailsInTimeAsync(listening);
        }
        finally
        {
            _server.Thaw();
        }
        Assert.Equal(new AppendResult(true, 1), await stores.Revisions.AppendAsync(ArchivedStore.Draft("fleet"), 0, default));
    }

    [Fact]
    public async Task Who_listens_learns_that_the_server_went_away()
    {
        await using Stores stores = StoreAddress.Open(_url);
        using var stop = new CancellationTokenSource();
        Task listening = await ListeningAsync(stores.Cluster!, stop.Token);
        await _server.StopAsync();
        await FailsInTimeAsync(listening);
        await _server.StartAsync();
    }

    /// <summary>Listens, and has heard something.</summary>
    private static async Task<Task> ListeningAsync(ClusterStore store, CancellationToken stop)
    {
        var heard = new TaskCompletionSource();
        Task listening = store.Changes.ListenAsync(_ => heard.TrySetResult(), stop);
        while (!heard.Task.IsCompleted) await store.Members.JoinAsync(new MemberDraft("a", "http://localhost:1", "", "1"), stop);
        return listening;
    }

    /// <summary>It fails by itself, and long before the test loses patience.</summary>
    private static async Task FailsInTimeAsync(Task call) => await Assert.ThrowsAsync<StoreUnreachableException>(() => call.WaitAsync(TimeSpan.FromSeconds(60)));
}
