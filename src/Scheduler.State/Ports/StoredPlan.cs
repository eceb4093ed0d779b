namespace Scheduler.State.Ports;

/// <summary>A plan as the store keeps it.</summary>
/// <param name="Fence">The fence of the leader that made it.</param>
/// <param name="At">When it was made.</param>
/// <param name="Content">The plan; what it says is the writer's affair.</param>
public sealed record StoredPlan(long Fence, DateTimeOffset At, ReadOnlyMemory<byte> Content);
