using System.Collections.Immutable;
using System.Data.Common;
using Scheduler.State.Ports;
using Scheduler.Storage;
using Scheduler.Storage.Archives;
using Scheduler.Storage.Sql;
using Scheduler.Tests.Storage.Archives;

namespace Scheduler.IntegrationTests.Postgres;

/// <summary>What several processes do to one database at once, and what is refused.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresDatabaseTests : IDisposable
{
    private static readonly DateTimeOffset T0 = DateTimeOffset.UnixEpoch;
    private readonly ScratchDirectory _scratch = new();
    private readonly PostgresServer _server;
    private readonly string _database;

    public PostgresDatabaseTests(PostgresFixture postgres)
    {
        _server = postgres.Server;
        _database = _server.CreateDatabase();
    }

    private string Url => _server.PatientUrl(_database);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Of_many_that_start_at_once_on_an_empty_database_one_makes_the_schema()
    {
        Stores[] opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => StoreAddress.Open(Url))));
        foreach (Stores stores in opened)
        {
            Assert.Equal(0, await stores.Revisions.ReadNewestNumberAsync(default));
            await stores.DisposeAsync();
        }
        Assert.Equal(1L, _server.Execute(_database, "SELECT count(*) FROM scheduler_schema"));
    }

    [Fact]
    public async Task Of_replicas_that_append_at_once_one_wins_each_revision_and_all_see_it()
    {
        await using Stores one = StoreAddress.Open(Url), two = StoreAddress.Open(Url);
        for (long upon = 0; upon < 10; upon++)
        {
            AppendResult[] results = await Task.WhenAll(((Stores[])[one, two, one, two]).Select(
                (stores, i) => Task.Run(async () => await stores.Revisions.AppendAsync(ArchivedStore.Draft($"fleet {upon} {i}"), upon, default))));
            Assert.Single(results, result => result.Appended);
            Assert.All(results, result => Assert.Equal(upon + 1, result.Newest));
            Assert.Equal(upon + 1, await two.Revisions.ReadNewestNumberAsync(default));
        }
    }

    [Fact]
    public async Task No_number_is_given_twice_by_replicas_that_number_at_once()
    {
        await using Stores one = StoreAddress.Open(Url), two = StoreAddress.Open(Url);
        int[][] given = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            async () => await (i % 2 == 0 ? one : two).Numbers.NumberAsync(NumberKind.Node, [.. Enumerable.Range(i * 10, 20).Select(n => $"n{n}")], default))));
        int[] all = await one.Numbers.NumberAsync(NumberKind.Node, [.. Enumerable.Range(0, 90).Select(n => $"n{n}")], default);
        Assert.Equal(Enumerable.Range(1, 90), all.Order());
        for (int i = 0; i < given.Length; i++) Assert.Equal(all[(i * 10)..(i * 10 + 20)], given[i]);
    }

    [Fact]
    public async Task The_first_secret_of_replicas_that_start_at_once_is_the_same()
    {
        await using Stores one = StoreAddress.Open(Url), two = StoreAddress.Open(Url);
        ImmutableArray<MasterSecret>[] read = await Task.WhenAll(((Stores[])[one, two, one, two]).Select((stores, i) => Task.Run(
            async () => await stores.Secrets.ReadOrCreateAsync(Enumerable.Repeat((byte)i, MasterSecret.Length).ToArray(), T0, default))));
        Assert.Single(read.Select(secrets => Convert.ToHexString(Assert.Single(secrets).Bytes.Span)).Distinct());
    }

    [Fact]
    public async Task A_large_fleet_gets_its_numbers_with_few_statements()
    {
        await using Stores stores = StoreAddress.Open(Url);
        string[] names = [.. Enumerable.Range(1, 20_000).Select(n => $"n{n}")];
        Assert.Equal(Enumerable.Range(1, 20_000), await stores.Numbers.NumberAsync(NumberKind.Node, names, default));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_both_versions_named_and_left_alone()
    {
        await StoreAddress.Open(Url).DisposeAsync();
        _server.Execute(_database, "UPDATE scheduler_schema SET version = 900");
        foreach (Func<object> open in (Func<object>[])[() => StoreAddress.Open(Url), () => StoreAddress.OpenOrAwait(Url, out _), () => StoreAddress.OpenExisting(Url)])
        {
            StoreException refusal = Assert.Throws<StoreException>(open);
            Assert.Contains("900", refusal.Message, StringComparison.Ordinal);
            Assert.Matches("versions up to [0-9]+", Assert.Throws<StoreException>(() => StoreAddress.Open(Url)).Message);
        }
        Assert.Equal(900L, _server.Execute(_database, "SELECT version FROM scheduler_schema"));
    }

    [Fact]
    public void A_command_that_needs_a_store_makes_none()
    {
        Assert.Contains("no store", Assert.Throws<StoreException>(() => StoreAddress.OpenExisting(Url)).Message, StringComparison.Ordinal);
        Assert.Equal(0L, _server.Execute(_database, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
    }

    [Theory]
    [InlineData("nobody:hunter2")]
    [InlineData("scheduler:hunter2")]
    public void A_wrong_password_is_a_refusal_that_does_not_repeat_it(string user)
    {
        string address = Url.Replace(Url.Split("//")[1].Split('@')[0], user, StringComparison.Ordinal);
        StoreException refusal = Assert.Throws<StoreException>(() => StoreAddress.Open(address));
        Assert.Contains("28P01", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_not_there_is_a_refusal() =>
        Assert.Contains("nowhere", Assert.Throws<StoreException>(() => StoreAddress.Open(_server.PatientUrl("nowhere"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Of_several_servers_the_one_that_takes_writes_is_found()
    {
        await using Stores stores = StoreAddress.Open(_server.UrlAmongOthers(_database));
        Assert.Equal(new AppendResult(true, 1), await stores.Revisions.AppendAsync(ArchivedStore.Draft("fleet"), 0, default));
        Assert.Equal(1, await stores.Revisions.ReadNewestNumberAsync(default));
    }

    [Fact]
    public async Task A_server_that_takes_no_writes_is_away_and_can_be_read()
    {
        await StoreAddress.Open(Url).DisposeAsync();
        _server.Execute(_database, $"ALTER DATABASE {_database} SET default_transaction_read_only = on"); // as on a standby
        await using Stores stores = StoreAddress.OpenExisting(Url);
        Assert.Equal(0, await stores.Revisions.ReadNewestNumberAsync(default));
        StoreUnreachableException away = await Assert.ThrowsAsync<StoreUnreachableException>(
            async () => await stores.Revisions.AppendAsync(ArchivedStore.Draft("fleet"), 0, default));
        Assert.Contains("25006", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_schemas_of_one_database_are_two_stores()
    {
        _server.Execute(_database, "CREATE SCHEMA one; CREATE SCHEMA two");
        await using Stores one = StoreAddress.Open(Url + "&Search%20Path=one"), two = StoreAddress.Open(Url + "&Search%20Path=two");
        Assert.True((await one.Revisions.AppendAsync(ArchivedStore.Draft("fleet"), 0, default)).Appended);
        Assert.Equal(0, await two.Revisions.ReadNewestNumberAsync(default));
        Assert.NotNull(await two.Cluster!.Members.JoinAsync(new MemberDraft("a", "http://localhost:1", "", "1"), default));
    }

    [Fact]
    public async Task A_document_that_was_damaged_is_noticed()
    {
        await using Stores stores = StoreAddress.Open(Url);
        await stores.Revisions.AppendAsync(ArchivedStore.Draft("fleet"), 0, default);
        _server.Execute(_database, "UPDATE documents SET content = '\\x00'");
        await Assert.ThrowsAsync<InvalidDataException>(async () => await stores.Revisions.ReadNewestAsync(default));
    }

    [Fact]
    public async Task A_whole_store_goes_from_sqlite_to_postgresql_and_back()
    {
        string first = $"sqlite:{_scratch.File("first.db")}", last = $"sqlite:{_scratch.File("last.db")}";
        await ArchivedStore.FillAsync(first);
        ArchiveSummary moved = await MoveAsync(first, Url);
        Assert.Equal(new ArchiveSummary(3, 2, 2, 5, 1, 1, 2), moved);
        Assert.Equal(await ArchivedStore.ShownAsync(first), await ArchivedStore.ShownAsync(Url));
        Assert.Equal(moved, await MoveAsync(Url, last));
        Assert.Equal(await ArchivedStore.ShownAsync(first), await ArchivedStore.ShownAsync(last));

        // What is written next goes on where the first store would have gone on.
        await using Stores stores = StoreAddress.OpenExisting(Url);
        Assert.Equal(4, (await stores.Numbers.NumberAsync(NumberKind.Node, ["n-new"], default))[0]);
        Assert.Equal(new AppendResult(true, 4), await stores.Revisions.AppendAsync(ArchivedStore.Draft("fleet-4"), 3, default));
        await stores.Audit.AppendAsync([ArchivedStore.Call], default);
        Assert.Equal(3, (await stores.Audit.ListAsync(new AuditQuery(null, 1), default))[0].Number);
    }

    [Fact]
    public async Task A_statement_is_limited_by_the_server_too_unless_the_whole_store_is_moved()
    {
        await using SqlDatabase database = StoreAddress.Database(Url, isThere: false);
        Task<object?> LimitAsync(DbConnection connection)
        {
            using DbCommand show = connection.CreateCommand();
            show.CommandText = "SHOW statement_timeout";
            return show.ExecuteScalarAsync();
        }
        Assert.Equal("1min", await database.ReadAsync(LimitAsync, default));
        Assert.Equal("0", await database.ReadAsync(
            async connection =>
            {
                await database.LiftLimitsAsync(connection);
                return await LimitAsync(connection);
            },
            default));
        Assert.Equal("1min", await database.WriteAsync(WriteTurn.None, LimitAsync, default));
    }

    [Fact]
    public async Task An_archive_is_restored_into_an_empty_database_only_and_whole_or_not_at_all()
    {
        string first = $"sqlite:{_scratch.File("first.db")}";
        await ArchivedStore.FillAsync(first);
        using var output = new MemoryStream();
        await StoreArchive.ExportAsync(first, output, withSecrets: true, T0, default);
        byte[] archive = output.ToArray(), changed = [.. archive];
        changed[^80] ^= 1;
        using (var input = new MemoryStream(changed)) await Assert.ThrowsAsync<StoreException>(() => StoreArchive.ImportAsync(Url, input, default));
        Assert.Equal(0L, _server.Execute(_database, "SELECT (SELECT count(*) FROM revisions) + (SELECT count(*) FROM api_keys) + (SELECT count(*) FROM audit)"));
        using (var input = new MemoryStream(archive)) await StoreArchive.ImportAsync(Url, input, default);
        using var again = new MemoryStream(archive);
        Assert.Contains("not empty", (await Assert.ThrowsAsync<StoreException>(() => StoreArchive.ImportAsync(Url, again, default))).Message, StringComparison.Ordinal);
    }

    private static async Task<ArchiveSummary> MoveAsync(string from, string to)
    {
        using var archive = new MemoryStream();
        await StoreArchive.ExportAsync(from, archive, withSecrets: true, T0, default);
        archive.Position = 0;
        return await StoreArchive.ImportAsync(to, archive, default);
    }
}
