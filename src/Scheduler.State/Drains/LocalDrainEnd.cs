namespace Scheduler.State.Drains;

/// <summary>The cancelling of a local drain.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who: the name of the key.</param>
/// <param name="Reason">Why, in the author's words.</param>
public sealed record LocalDrainEnd(DateTimeOffset At, string By, string Reason);
