using System.Collections.Immutable;
using Scheduler.Core.Topology;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>What became of a fleet document that was read.</summary>
/// <param name="Fleet">The fleet, valid and in canonical order; null when there are faults.</param>
/// <param name="Faults">Everything that is wrong; empty when there is a fleet.</param>
public sealed record FleetReading(Fleet? Fleet, ImmutableArray<FleetDocumentFault> Faults);
