using Scheduler.State.Ports;
using Scheduler.Storage;
using Scheduler.Tests.Storage;
using Scheduler.Tests.Storage.Archives;

namespace Scheduler.Tests.Cli.StoreFiles;

public sealed class StoreCommandTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_store_is_saved_into_a_file_for_its_owner_only_and_restored_from_it()
    {
        await ArchivedStore.FillAsync(Address("first"));
        var save = new CliRun();
        Assert.Equal(0, await save.RunAsync("store", "export", File, "--store", Address("first")));
        Assert.Contains("3 revisions, 2 keys (as hashes), 2 audit records, 5 numbers, 1 samples of bandwidth, 1 hours of usage, no secrets", save.Out, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));

        var restore = new CliRun();
        Assert.Equal(0, await restore.RunAsync("store", "import", File, "--store", Address("second"), "--json"));
        Assert.Contains("\"revisions\": 3", restore.Out, StringComparison.Ordinal);
        await using Stores stores = StoreAddress.OpenExisting(Address("second"));
        Assert.Equal(3, (await stores.Revisions.ReadNewestAsync(default))!.Revision.Number);
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_written_over()
    {
        await ArchivedStore.FillAsync(Address("first"));
        await System.IO.File.WriteAllTextAsync(File, "precious");
        Assert.Equal(1, await new CliRun().RunAsync("store", "export", File, "--store", Address("first")));
        Assert.Equal("precious", await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task Without_a_store_no_file_is_left_behind()
    {
        Assert.Equal(1, await new CliRun().RunAsync("store", "export", File, "--store", Address("none")));
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_person_is_asked_before_a_store_is_restored()
    {
        await ArchivedStore.FillAsync(Address("first"));
        await new CliRun().RunAsync("store", "export", File, "--store", Address("first"));
        var cli = new CliRun { Typed = "n\n" };
        Assert.Equal(1, await cli.RunAsync("store", "import", File, "--store", Address("second")));
        Assert.False(System.IO.File.Exists(_scratch.File("second.db")));
        Assert.Equal(0, await new CliRun { Typed = "" }.RunAsync("store", "import", File, "--store", Address("second"), "--yes"));
    }

    private string File => _scratch.File("store.jsonl");

    private string Address(string name) => $"sqlite:{_scratch.File($"{name}.db")}";
}
