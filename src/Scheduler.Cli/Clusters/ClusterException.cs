namespace Scheduler.Cli.Clusters;

/// <summary>The cluster cannot be started or went wrong; the message tells a person what, and what to do.</summary>
/// <param name="message">One or two sentences.</param>
internal sealed class ClusterException(string message) : Exception(message);
