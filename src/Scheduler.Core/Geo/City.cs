using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>A city and its people, as a gazetteer lists it.</summary>
/// <param name="Name">Name, for people.</param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
/// <param name="Location">Where it lies.</param>
/// <param name="Population">People, at least 0.</param>
public sealed record City(string Name, string Country, GeoPoint Location, long Population);
