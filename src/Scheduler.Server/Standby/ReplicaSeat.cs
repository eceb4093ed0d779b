namespace Scheduler.Server.Standby;

/// <summary>Who this replica is among those of its store.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">Its number.</param>
/// <param name="Start">Its start under that name.</param>
public sealed record ReplicaSeat(string Name, byte Number, long Start);
