using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;
using Scheduler.State;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Keeps an operator from taking the last serving node away by mistake.</summary>
internal static class ServingGuard
{
    /// <summary>The refusal of a change that would leave no node to serve viewers; null when one is left, or the change is forced.</summary>
    /// <param name="after">The configuration as it would be.</param>
    /// <param name="field">The field that orders the change.</param>
    /// <param name="force">True when the operator wants it all the same.</param>
    /// <param name="now">The time.</param>
    public static ConfigurationEdit.Refuse? Refusal(Configuration after, string field, bool force, DateTimeOffset now)
    {
        if (force || ServingNodes(after, now) > 0) return null;
        return new ConfigurationEdit.Refuse(ConfigurationRefusal.Of(
            ConfigurationRefusalKind.Conflict,
            field,
            "the change would leave no node in the fleet to serve viewers; send \"force\": true if that is what you want"));
    }

    /// <summary>Nodes that serve viewers, are in service and are not drained; whether they are alive is not asked.</summary>
    private static int ServingNodes(Configuration configuration, DateTimeOffset now)
    {
        ImmutableArray<Node> nodes = configuration.Fleet.Nodes;
        bool[] drained = new bool[nodes.Length];
        foreach (Drain drain in configuration.Drains)
        {
            if (!drain.HoldsAt(now)) continue;
            foreach (int node in DrainTargets.Resolve(configuration.Fleet, drain.Target)) drained[node] = true;
        }

        var withdrawn = configuration.Overrides.Where(set => !set.InService).Select(set => set.Node).ToHashSet(StringComparer.Ordinal);
        int serving = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            if (!drained[i] && (nodes[i].Roles & NodeRoles.Edge) != 0 && !withdrawn.Contains(nodes[i].Id)) serving++;
        }

        return serving;
    }
}
