namespace Scheduler.Server.Auditing;

/// <summary>Marks a request that only wants to know what it would change.</summary>
internal sealed class DryRunFeature;
