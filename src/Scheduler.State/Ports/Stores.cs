using Scheduler.State.Telemetry;

namespace Scheduler.State.Ports;

/// <summary>The stores of one opened place, and the place itself.</summary>
/// <param name="Revisions">History of the configuration.</param>
/// <param name="Keys">Keys of callers.</param>
/// <param name="Numbers">Permanent numbers.</param>
/// <param name="Secrets">Secrets that replicas share.</param>
/// <param name="Audit">Who called the admin API.</param>
/// <param name="Meters">What bandwidth is billed by.</param>
/// <param name="Place">What to close at the end; null when nothing is open.</param>
public sealed record Stores(
    IRevisionStore Revisions,
    IKeyStore Keys,
    INumberStore Numbers,
    ISecretStore Secrets,
    IAuditLog Audit,
    IMeterStore Meters,
    IAsyncDisposable? Place) : IAsyncDisposable
{
    /// <summary>What several replicas share; null for a store that belongs to one process.</summary>
    public ClusterStore? Cluster { get; init; }

    /// <summary>How long its calls take; null where nothing is waited for: in memory.</summary>
    public StoreDurations? Durations { get; init; }

    /// <summary>Closes the place.</summary>
    public ValueTask DisposeAsync() => Place?.DisposeAsync() ?? ValueTask.CompletedTask;
}
