using Scheduler.Core.Planning;

namespace Scheduler.Cli.Plans;

/// <summary>A solved instance and what it took.</summary>
/// <param name="Instance">What was asked.</param>
/// <param name="Plan">The answer.</param>
/// <param name="Sweeps">Sweeps of the solver.</param>
/// <param name="Took">Time to solve it, first call included; reading the file is not.</param>
internal sealed record PlanSolution(PlanInstance Instance, Plan Plan, int Sweeps, TimeSpan Took);
