using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>Body of <c>POST /v1/admin/keys</c>.</summary>
/// <param name="Kind"><c>player</c>, <c>backend</c>, <c>reporter</c>, <c>viewer</c>, <c>operator</c> or <c>admin</c>.</param>
/// <param name="Name">For people, and the author of what its bearer changes; 1 to 64 characters, unique among the keys that hold.</param>
/// <param name="Sites">Ids of the sites that a reporter speaks for; absent for every other kind.</param>
public sealed record KeyRequestMessage(string Kind, string Name, ImmutableArray<string>? Sites = null);
