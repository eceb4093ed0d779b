using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Core.Zones;
using Scheduler.State.Ports;

namespace Scheduler.State;

/// <summary>What a change makes of the configuration that it is shown: new parts, or a refusal.</summary>
public abstract record ConfigurationEdit
{
    private ConfigurationEdit()
    {
    }

    /// <summary>Replaces the parts that are given; a null part stays as it is.</summary>
    /// <param name="Kind">What the revision will say it changed.</param>
    /// <param name="Fleet">The new fleet, valid and in canonical order.</param>
    /// <param name="Overrides">The new overrides, by node id.</param>
    /// <param name="Drains">The new drains, the oldest first.</param>
    /// <param name="Policy">The new policy, valid for the fleet that it will stand beside.</param>
    /// <param name="Zones">The new zones, valid for the policy that they will stand beside.</param>
    /// <param name="Note">What the revision must tell beside the author's reason, such as a guard that was overridden; null for nothing.</param>
    public sealed record Replace(
        RevisionKind Kind,
        Fleet? Fleet = null,
        ImmutableArray<NodeOverride>? Overrides = null,
        ImmutableArray<Drain>? Drains = null,
        Policy? Policy = null,
        ZoneSet? Zones = null,
        string? Note = null) : ConfigurationEdit;

    /// <summary>Changes nothing.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refuse(ConfigurationRefusal Refusal) : ConfigurationEdit;
}
