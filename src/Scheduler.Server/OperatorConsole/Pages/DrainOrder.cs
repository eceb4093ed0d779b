namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>How a drain is to go, as a form says it.</summary>
/// <param name="RampS">Time over which the target is closed to new sessions, s; 0 for at once.</param>
/// <param name="Hours">For how long, h.</param>
/// <param name="ExpiresAt">When it ends by itself. The form carries it, so that a button that is pressed twice asks for the same twice.</param>
/// <param name="Reason">Why; null before it is said.</param>
public sealed record DrainOrder(int RampS, int Hours, DateTimeOffset ExpiresAt, string? Reason);
