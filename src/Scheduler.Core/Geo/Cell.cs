using Scheduler.Core.Units;

namespace Scheduler.Core.Geo;

/// <summary>A group of viewers that are alike to us: a country, a place with what lies around it, and for some a carrier.</summary>
/// <param name="Id">
/// Stable over rebuilds: country, whole degrees of the place, and four hexadecimal digits of the place's hash or the carrier's number, as
/// <c>GB-51n-000e-5089</c>. Not to be taken apart: <paramref name="Country"/>, <paramref name="Location"/> and <see cref="Carrier"/> tell.
/// </param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case, as the city database has it.</param>
/// <param name="Place">Name of the place, for people.</param>
/// <param name="Location">Where the place lies.</param>
/// <param name="Population">
/// People in the cities that are nearest to this cell, from GeoNames; 0 when none is listed. Cells of one place share them by addresses.
/// </param>
/// <param name="AddressWeight">IPv4 addresses in the cell, plus 256 for every IPv6 network.</param>
public sealed record Cell(string Id, string Country, string Place, GeoPoint Location, long Population, long AddressWeight)
{
    /// <summary>The carrier whose viewers have this cell of the place to themselves.</summary>
    /// <value>Null for a place's common cell: everyone else there.</value>
    public Carrier? Carrier { get; init; }
}
