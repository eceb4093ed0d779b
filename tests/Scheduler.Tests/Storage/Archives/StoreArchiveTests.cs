using System.Text;
using Scheduler.State.Ports;
using Scheduler.Storage;
using Scheduler.Storage.Archives;
using Scheduler.Tests.Storage;
using static Scheduler.Tests.Storage.Archives.ArchivedStore;

namespace Scheduler.Tests.Storage.Archives;

public sealed class StoreArchiveTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_restored_store_has_every_revision_key_number_and_audit_record()
    {
        string first = Address("first"), second = Address("second");
        await FillAsync(first);
        byte[] archive = await ExportAsync(first, withSecrets: true);
        using var input = new MemoryStream(archive);
        Assert.Equal(new ArchiveSummary(3, 2, 2, 5, 1, 1, 2), await StoreArchive.ImportAsync(second, input, default));
        Assert.Equal(await ShownAsync(first), await ShownAsync(second));

        // What is written next goes on where the first store would have gone on.
        await using Stores stores = StoreAddress.Open(second);
        Assert.Equal(4, (await stores.Numbers.NumberAsync(NumberKind.Node, ["n-new"], default))[0]);
        Assert.Equal(new AppendResult(true, 4), await stores.Revisions.AppendAsync(Draft("fleet-4"), 3, default));
        await stores.Audit.AppendAsync([Call], default);
        Assert.Equal(3, (await stores.Audit.ListAsync(new AuditQuery(null, 1), default))[0].Number);
    }

    [Fact]
    public async Task Secrets_are_in_an_archive_only_on_demand()
    {
        await FillAsync(Address("first"));
        string with = Encoding.UTF8.GetString(await ExportAsync(Address("first"), withSecrets: true));
        string without = Encoding.UTF8.GetString(await ExportAsync(Address("first"), withSecrets: false));
        Assert.Contains(Convert.ToBase64String(Secret), with, StringComparison.Ordinal);
        Assert.DoesNotContain("secret\":", without, StringComparison.Ordinal);
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(without));
        Assert.Equal(0, (await StoreArchive.ImportAsync(Address("second"), input, default)).Secrets);
    }

    [Fact]
    public async Task Whatever_byte_of_an_archive_is_changed_nothing_is_restored()
    {
        await FillAsync(Address("first"));
        byte[] archive = await ExportAsync(Address("first"), withSecrets: true);
        var random = new Random(1);
        for (int i = 0; i < 40; i++)
        {
            byte[] changed = [.. archive];
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            await RefusesAsync(changed);
        }
        foreach (int length in (int[])[0, 1, archive.Length / 2, archive.Length - 2]) await RefusesAsync(archive[..length]);
        await RefusesAsync([.. archive, .. "{}\n"u8]);
        await RefusesAsync([.. Encoding.UTF8.GetBytes("a text\n")]);
    }

    [Fact]
    public async Task A_store_that_holds_something_is_left_as_it_is()
    {
        await FillAsync(Address("first"));
        byte[] archive = await ExportAsync(Address("first"), withSecrets: false);
        string before = await ShownAsync(Address("first"));
        using var input = new MemoryStream(archive);
        StoreException fault = await Assert.ThrowsAsync<StoreException>(() => StoreArchive.ImportAsync(Address("first"), input, default));
        Assert.Contains("not empty", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ShownAsync(Address("first")));
    }

    [Fact]
    public async Task An_archive_can_be_taken_while_the_store_is_written()
    {
        string address = Address("first");
        await FillAsync(address);
        await using Stores running = StoreAddress.Open(address);
        await running.Revisions.AppendAsync(Draft("fleet-4"), 3, default);
        using var output = new MemoryStream();
        Assert.Equal(4, (await StoreArchive.ExportAsync(address, output, false, T0, default)).Revisions);
        Assert.True((await running.Revisions.AppendAsync(Draft("fleet-5"), 4, default)).Appended);
    }

    private async Task RefusesAsync(byte[] archive)
    {
        string address = Address($"{Guid.NewGuid():N}");
        using var input = new MemoryStream(archive);
        await Assert.ThrowsAsync<StoreException>(() => StoreArchive.ImportAsync(address, input, default));
        await using Stores stores = StoreAddress.Open(address);
        Assert.Null(await stores.Revisions.ReadNewestAsync(default));
        Assert.Empty(await stores.Keys.ListAsync(default));
    }

    private static async Task<byte[]> ExportAsync(string address, bool withSecrets)
    {
        using var output = new MemoryStream();
        await StoreArchive.ExportAsync(address, output, withSecrets, T0, default);
        return output.ToArray();
    }

    private string Address(string name) => $"sqlite:{_scratch.File($"{name}.db")}";
}
