using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>A group of viewers that are alike to us: a country, and a place with what lies around it.</summary>
/// <param name="Id">
/// Stable over rebuilds: country, whole degrees of the place, four hexadecimal digits of its hash, as <c>GB-51n-000e-5089</c>.
/// </param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case, as the city database has it.</param>
/// <param name="Place">Name of the place, for people.</param>
/// <param name="Location">Where the place lies.</param>
/// <param name="Population">People in the cities that are nearest to this cell, from GeoNames; 0 when none is listed.</param>
/// <param name="AddressWeight">IPv4 addresses in the cell, plus 256 for every IPv6 network.</param>
public sealed record Cell(string Id, string Country, string Place, GeoPoint Location, long Population, long AddressWeight);
