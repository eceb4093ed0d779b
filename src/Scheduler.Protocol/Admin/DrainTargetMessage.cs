namespace Scheduler.Protocol.Admin;

/// <summary>
/// What a drain points at: exactly one member is given. In a request the string <c>"lon1"</c> or <c>"site:lon1"</c>, <c>"node:lon1-03"</c>,
/// <c>"selector:key=value"</c> will do as well.
/// </summary>
/// <param name="Site">Id of a site.</param>
/// <param name="Node">Id of a node.</param>
/// <param name="Selector"><c>key=value[,key=value…]</c> over node labels and their site's labels; all must match.</param>
public sealed record DrainTargetMessage(string? Site = null, string? Node = null, string? Selector = null);
