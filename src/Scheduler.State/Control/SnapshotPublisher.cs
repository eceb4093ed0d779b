using Scheduler.Core.Routing;

namespace Scheduler.State.Control;

/// <summary>The one reference that connects the slow side to the fast side.</summary>
public sealed class SnapshotPublisher
{
    private volatile RoutingSnapshot? _current;

    /// <summary>The snapshot in force; null before the first.</summary>
    public RoutingSnapshot? Current => _current;

    /// <summary>Publishes by one volatile write. Only <see cref="ControlLoop"/> calls it.</summary>
    internal void Publish(RoutingSnapshot snapshot) => _current = snapshot;
}
