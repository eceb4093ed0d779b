using Scheduler.State.Ports;
using Scheduler.Storage;

namespace Scheduler.Tests.Storage;

public sealed class SqliteStoreTests : StoreConformance
{
    private readonly ScratchDirectory _scratch = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _scratch.Dispose();
    }

    protected override Stores Open() => StoreAddress.Open($"sqlite:{_scratch.File($"{Guid.NewGuid():N}.db")}");
}
