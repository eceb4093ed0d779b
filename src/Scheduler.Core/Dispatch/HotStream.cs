namespace Scheduler.Core.Dispatch;

/// <summary>A stream that one node of a site cannot well carry alone.</summary>
/// <param name="Stream">Its hash.</param>
/// <param name="Nodes">Nodes of the site that share it, at least 2.</param>
internal readonly record struct HotStream(ulong Stream, int Nodes);
