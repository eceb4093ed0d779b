using Scheduler.State.Ports;
using Scheduler.Storage.Memory;

namespace Scheduler.Tests.Storage;

/// <summary>The shared stores of one process, which the tests of several replicas build upon.</summary>
public sealed class MemoryClusterTests : ClusterConformance
{
    private readonly VirtualClock _clock = new();

    protected override Stores Open() => MemoryStores.CreateShared(_clock);

    protected override void Pass(TimeSpan time) => _clock.Advance(time);
}
