using Microsoft.Data.Sqlite;
using Scheduler.State.Ports;
using Scheduler.Storage;

namespace Scheduler.Tests.Storage;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private string Path => _scratch.File("deep", "er", "scheduler.db");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_directory_is_made_and_only_the_owner_can_read_the_file()
    {
        await using Stores stores = StoreAddress.Open($"sqlite:{Path}");
        await stores.Secrets.ReadOrCreateAsync(new byte[MasterSecret.Length], DateTimeOffset.UnixEpoch, default);
        Assert.True(File.Exists(Path));
        if (OperatingSystem.IsWindows()) return;
        foreach (string file in Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task What_was_written_is_there_after_reopening()
    {
        await using (Stores stores = StoreAddress.Open($"sqlite:{Path}"))
        {
            await stores.Numbers.NumberAsync(NumberKind.Site, ["ams", "lon1"], default);
        }

        await using Stores again = StoreAddress.Open($"sqlite:{Path}");
        Assert.Equal([3, 2], (await again.Numbers.NumberAsync(NumberKind.Site, ["new", "lon1"], default)).AsEnumerable());
    }

    [Fact]
    public async Task Two_openers_of_one_file_see_each_others_writes()
    {
        await using Stores one = StoreAddress.Open($"sqlite:{Path}");
        await using Stores two = StoreAddress.Open($"sqlite:{Path}");
        Assert.Equal([1], (await one.Numbers.NumberAsync(NumberKind.Site, ["a"], default)).AsEnumerable());
        Assert.Equal([2, 1], (await two.Numbers.NumberAsync(NumberKind.Site, ["b", "a"], default)).AsEnumerable());
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_both_versions_named_and_left_alone()
    {
        await StoreAddress.Open($"sqlite:{Path}").DisposeAsync();
        Execute("PRAGMA user_version = 900");

        var refusal = Assert.Throws<StoreException>(() => StoreAddress.Open($"sqlite:{Path}"));
        Assert.Contains("900", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("newer scheduler", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(900L, Execute("PRAGMA user_version"));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        string file = _scratch.File("text.db");
        File.WriteAllText(file, string.Concat(Enumerable.Repeat("this is no database\n", 100)));
        var refusal = Assert.Throws<StoreException>(() => StoreAddress.Open($"sqlite:{file}"));
        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_below_a_file_is_refused()
    {
        File.WriteAllText(_scratch.File("plain"), "");
        Assert.Throws<StoreException>(() => StoreAddress.Open($"sqlite:{_scratch.File("plain", "scheduler.db")}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sqlite:")]
    [InlineData("sqlite: ")]
    [InlineData("Data Source=db;Password=hunter2")]
    public void An_address_that_names_no_store_is_refused_without_repeating_it(string address)
    {
        var refusal = Assert.Throws<StoreException>(() => StoreAddress.Open(address));
        Assert.Contains("sqlite:PATH", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_was_damaged_is_noticed()
    {
        await using (Stores stores = StoreAddress.Open($"sqlite:{Path}"))
        {
            await stores.Revisions.AppendAsync(Conformance.DraftOf("fleet", "drains"), 0, default);
        }

        Execute("UPDATE documents SET content = x'00'");
        await using Stores again = StoreAddress.Open($"sqlite:{Path}");
        await Assert.ThrowsAsync<InvalidDataException>(async () => await again.Revisions.ReadNewestAsync(default));
    }

    [Fact]
    public async Task A_document_that_did_not_change_is_stored_once()
    {
        await using (Stores stores = StoreAddress.Open($"sqlite:{Path}"))
        {
            for (int i = 0; i < 5; i++) await stores.Revisions.AppendAsync(Conformance.DraftOf("the same fleet", $"drains {i}"), i, default);
        }

        Assert.Equal(6L, Execute("SELECT count(*) FROM documents"));
    }

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Opens the drafts of the conformance suite to this class.</summary>
    private sealed class Conformance : StoreConformance
    {
        public static RevisionDraft DraftOf(string fleet, string drains) => Draft(fleet, drains);

        protected override Stores Open() => throw new NotSupportedException();
    }
}
