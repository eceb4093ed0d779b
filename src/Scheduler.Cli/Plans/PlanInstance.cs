using System.Collections.Immutable;
using Scheduler.Core.Planning;

namespace Scheduler.Cli.Plans;

/// <summary>A planning instance as read from a file.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Sites">Id of each site, by index.</param>
/// <param name="Cells">Id of each cell, by index.</param>
internal sealed record PlanInstance(PlanProblem Problem, ImmutableArray<string> Sites, ImmutableArray<string> Cells);
