using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>Body of <c>POST /v1/admin/keys</c>.</summary>
/// <param name="Kind"><c>player</c>, <c>backend</c>, <c>reporter</c>, <c>viewer</c>, <c>operator</c> or <c>admin</c>.</param>
/// <param name="Name">For people, and the author of what its bearer changes; 1 to 64 characters, unique among the keys that hold.</param>
/// <param name="Sites">Ids of the sites that a reporter speaks for; absent for every other kind.</param>
/// <param name="Tenant">For a player or backend: the tenant whose streams it asks for, 1 to 32 of <c>a-z 0-9 -</c>; absent for none.</param>
public sealed record KeyRequestMessage(string Kind, string Name, ImmutableArray<string>? Sites = null, string? Tenant = null);
