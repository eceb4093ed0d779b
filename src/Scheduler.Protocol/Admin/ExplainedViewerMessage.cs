namespace Scheduler.Protocol.Admin;

/// <summary>Where a viewer was found to be.</summary>
/// <param name="Cell">Id of his cell.</param>
/// <param name="Prefix">The largest block around his address in which every address has this answer; absent in the decision log, which keeps no address.</param>
/// <param name="By"><c>map</c>, <c>override</c> (an operator's prefix), or <c>default</c> (nothing is known of the address).</param>
/// <param name="OverrideSites">Sites that an override sends him to, the preferred one first; absent where none does.</param>
public sealed record ExplainedViewerMessage(string Cell, string? Prefix, string By, IReadOnlyList<string>? OverrideSites);
