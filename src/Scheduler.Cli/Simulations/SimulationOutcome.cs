using Scheduler.Simulator.Measures;

namespace Scheduler.Cli.Simulations;

/// <summary>A run and how long it took, which depends on the machine and is no part of the result.</summary>
/// <param name="Result">What the run came to.</param>
/// <param name="Elapsed">Real time of the whole run.</param>
/// <param name="DecisionsPerS">Decisions over the real time of the measured part: those of all that a run does beside deciding, too.</param>
internal sealed record SimulationOutcome(RunResult Result, TimeSpan Elapsed, double DecisionsPerS);
