namespace Scheduler.State.Rtts;

/// <summary>A learnt round-trip time as tables are compiled from it.</summary>
/// <param name="Ms">The time, ms.</param>
/// <param name="Trust">How much it is to be believed over the model, in [0, 1].</param>
internal readonly record struct CompiledRtt(float Ms, float Trust);
