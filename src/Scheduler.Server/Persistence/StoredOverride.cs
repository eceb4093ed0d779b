using Scheduler.Core.Topology;

namespace Scheduler.Server.Persistence;

/// <summary>A node override in a stored document. The form is kept for ever: add members, never change one.</summary>
internal sealed record StoredOverride(string Node, bool InService, double Weight)
{
    /// <summary>The stored form of an override.</summary>
    public static StoredOverride Of(NodeOverride set) => new(set.Node, set.InService, set.Weight);

    /// <summary>The override.</summary>
    public NodeOverride ToOverride() => new(Node, InService, Weight);
}
