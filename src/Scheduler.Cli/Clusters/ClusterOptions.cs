namespace Scheduler.Cli.Clusters;

/// <summary>What <c>scheduler cluster</c> starts.</summary>
/// <param name="Replicas">How many replicas.</param>
/// <param name="Port">Port of the first; the others follow.</param>
/// <param name="Directory">Where everything lies; absolute.</param>
/// <param name="Server">The server's program; null to find it.</param>
/// <param name="Viewers">Viewers that are played; 0 for none, and then the nodes do not report either.</param>
internal sealed record ClusterOptions(int Replicas, int Port, string Directory, string? Server, int Viewers);
