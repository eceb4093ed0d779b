using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>Stores that forget everything with the process: for simulations and tests.</summary>
public static class MemoryStores
{
    /// <summary>New, empty stores.</summary>
    public static Stores Create()
        => new(new MemoryRevisionStore(), new MemoryKeyStore(), new MemoryNumberStore(), new MemorySecretStore(), new MemoryAuditLog(), Place: null);
}
