using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>Stores that forget everything with the process: for simulations and tests.</summary>
public static class MemoryStores
{
    /// <summary>New, empty stores.</summary>
    public static Stores Create()
        => new(new MemoryRevisionStore(), new MemoryKeyStore(), new MemoryNumberStore(), new MemorySecretStore(), new MemoryAuditLog(), new MemoryMeterStore(), new MemoryUsageStore(), Place: null);

    /// <summary>New, empty stores that several replicas in this process share.</summary>
    /// <param name="time">The stores' clock.</param>
    public static Stores CreateShared(TimeProvider time)
    {
        var changes = new MemoryChangeFeed();
        var leadership = new MemoryLeadership(time, changes);
        return new Stores(
            new MemoryRevisionStore(leadership, changes), new MemoryKeyStore(changes), new MemoryNumberStore(), new MemorySecretStore(changes), new MemoryAuditLog(),
            new MemoryMeterStore(), new MemoryUsageStore(), Place: null)
        {
            Cluster = new ClusterStore(new MemoryMembership(time, changes), leadership, new MemoryPlanLog(leadership), changes),
        };
    }
}
