using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>How fleets and drain targets are written and read: the admin API's view of the document codecs.</summary>
public interface IFleetLanguage
{
    /// <summary>Reads and checks a JSON document; every fault at once.</summary>
    /// <param name="document">UTF-8, of any content.</param>
    FleetReading ReadJson(ReadOnlyMemory<byte> document);

    /// <summary>Reads and checks a YAML document; every fault at once.</summary>
    /// <param name="document">UTF-8, of any content.</param>
    FleetReading ReadYaml(ReadOnlyMemory<byte> document);

    /// <summary>A fleet as JSON, UTF-8. The same fleet always gives the same bytes.</summary>
    /// <param name="fleet">A valid fleet in canonical order.</param>
    byte[] WriteJson(Fleet fleet);

    /// <summary>A fleet as YAML, UTF-8.</summary>
    /// <param name="fleet">A valid fleet in canonical order.</param>
    byte[] WriteYaml(Fleet fleet);

    /// <summary>Positions in the fleet of the nodes that a target stands for; empty when it stands for nothing.</summary>
    /// <param name="fleet">A valid fleet in canonical order.</param>
    /// <param name="target">What is drained.</param>
    ImmutableArray<int> Resolve(Fleet fleet, DrainTarget target);

    /// <summary>What is wrong with a target that somebody asks for, without a full stop; null when it stands for something.</summary>
    /// <param name="fleet">A valid fleet in canonical order.</param>
    /// <param name="target">What is to be drained.</param>
    string? FindFault(Fleet fleet, DrainTarget target);
}
