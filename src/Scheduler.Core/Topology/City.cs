using Scheduler.Core.Units;

namespace Scheduler.Core.Topology;

/// <summary>A city and its people, as a gazetteer lists it: where viewers are, and where a site may stand.</summary>
/// <param name="Name">For people; any script.</param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
/// <param name="Location">Where it lies.</param>
/// <param name="Population">People in it, at least 0.</param>
public sealed record City(string Name, string Country, GeoPoint Location, long Population);
