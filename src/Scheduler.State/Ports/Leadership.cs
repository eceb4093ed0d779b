namespace Scheduler.State.Ports;

/// <summary>Who leads.</summary>
/// <param name="Leader">Number of the replica that holds the lease.</param>
/// <param name="Fence">Rises whenever the lease goes to another replica or start; what carries a lower one is refused.</param>
/// <param name="Left">Time until the lease runs out, by the store's clock.</param>
public sealed record Leadership(byte Leader, long Fence, TimeSpan Left);
