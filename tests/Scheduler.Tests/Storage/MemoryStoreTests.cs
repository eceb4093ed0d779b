using Scheduler.State.Ports;
using Scheduler.Storage.Memory;

namespace Scheduler.Tests.Storage;

public sealed class MemoryStoreTests : StoreConformance
{
    protected override Stores Open() => MemoryStores.Create();
}
