using Scheduler.Core.Units;

namespace Scheduler.Core.Topology;

/// <summary>A city where a generated fleet may stand.</summary>
/// <param name="Name">For people; any script.</param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
/// <param name="Location">Where it lies.</param>
/// <param name="Population">People in it; over zero.</param>
public sealed record City(string Name, string Country, GeoPoint Location, long Population);
