using Scheduler.Core.Units;

namespace Scheduler.Core.Routing;

/// <summary>A cell as the routing table needs it.</summary>
/// <param name="Id">Name on the wire.</param>
/// <param name="Number">Permanent number.</param>
/// <param name="Country">ISO 3166-1 alpha-2; <c>ZZ</c> where unknown.</param>
/// <param name="Location">Where its viewers are taken to be.</param>
public sealed record CellPlace(string Id, int Number, string Country, GeoPoint Location);
