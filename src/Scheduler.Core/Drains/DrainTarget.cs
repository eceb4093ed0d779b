namespace Scheduler.Core.Drains;

/// <summary>What a drain takes out of service.</summary>
/// <param name="Kind">How <paramref name="Value"/> is read.</param>
/// <param name="Value">Site id, node id, or a selector <c>key=value[,key=value…]</c> over node labels and their site's labels (all must match).</param>
public sealed record DrainTarget(DrainTargetKind Kind, string Value);
