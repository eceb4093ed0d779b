using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>Answer to <c>PUT /v1/admin/policy</c>.</summary>
/// <param name="Revision">The revision that holds the policy; the old one when nothing was different.</param>
/// <param name="Fences">Fences of the policy.</param>
/// <param name="Classes">Classes of streams of the policy.</param>
/// <param name="Barred">
/// Countries whose viewers of ordinary streams no site may serve now, by ISO 3166-1 code: meant, or a slip of the pen. Absent while no map is in force.
/// </param>
public sealed record PolicyChangeMessage(long Revision, int Fences, int Classes, ImmutableArray<string>? Barred = null);
