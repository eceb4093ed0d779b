namespace Scheduler.Core.Topology;

/// <summary>A group of sites that share a market and a fate, such as a continent.</summary>
/// <param name="Id">Unique in the fleet; <c>[a-z0-9-]</c>, 1 to 32 characters.</param>
/// <param name="Name">For people.</param>
public sealed record Region(string Id, string Name);
