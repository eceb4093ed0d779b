using System.Collections.Immutable;
using System.Text;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Fleets in the documents of <see cref="FleetJson"/> and <see cref="FleetYaml"/>.</summary>
public sealed class FleetLanguage : IFleetLanguage
{
    /// <inheritdoc/>
    public FleetReading ReadJson(ReadOnlyMemory<byte> document) => Of(FleetJson.Read(document.Span));

    /// <inheritdoc/>
    public FleetReading ReadYaml(ReadOnlyMemory<byte> document) => Of(FleetYaml.Read(document));

    /// <inheritdoc/>
    public byte[] WriteJson(Fleet fleet) => FleetJson.Write(fleet);

    /// <inheritdoc/>
    public byte[] WriteYaml(Fleet fleet) => Encoding.UTF8.GetBytes(FleetYaml.Write(fleet));

    /// <inheritdoc/>
    public ImmutableArray<int> Resolve(Fleet fleet, DrainTarget target) => DrainTargets.Resolve(fleet, target);

    /// <inheritdoc/>
    public string? FindFault(Fleet fleet, DrainTarget target) => DrainTargets.FindFault(fleet, target);

    private static FleetReading Of(FleetReadResult read) => new(
        read.Fleet, [.. read.Problems.Select(p => new FleetDocumentFault(p.Field, p.Reason, p.Line, p.Column))]);
}
