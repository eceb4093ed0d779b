using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Files;

/// <summary>What reading a scenario file gave: a scenario, or every problem of it and of the files that it names.</summary>
public sealed class ScenarioReadResult
{
    internal ScenarioReadResult(Scenario scenario) => Scenario = scenario;

    internal ScenarioReadResult(ImmutableArray<ScenarioProblem> problems) => Problems = problems;

    /// <summary>The valid scenario; null when there are problems.</summary>
    public Scenario? Scenario { get; }

    /// <summary>Every problem, the scenario file's first; empty when there is a scenario.</summary>
    public ImmutableArray<ScenarioProblem> Problems { get; } = [];

    /// <summary>True when there is a scenario.</summary>
    [MemberNotNullWhen(true, nameof(Scenario))]
    public bool IsValid => Scenario is not null;
}
