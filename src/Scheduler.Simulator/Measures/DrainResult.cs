using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Measures;

/// <summary>What became of one drain.</summary>
/// <param name="Fault">What the scenario says of it.</param>
/// <param name="Sites">Sites that it took away.</param>
/// <param name="Sessions">Sessions there when it began.</param>
/// <param name="EmptiedAfterS">Time until nobody was left there, s; null when somebody still was.</param>
/// <param name="Migrated">Viewers who were asked to leave them.</param>
/// <param name="Migrations">How often they were, altogether.</param>
/// <param name="PreviewCost">Cost of a Mbit/s that was foretold when the drain began, ms-equivalents: what it was then and what the preview said would change.</param>
/// <param name="Cost">The same as it was once the sites were empty, on average; null when they never were.</param>
/// <param name="PreviewRttMs">Mean round-trip time by bits that was foretold likewise, ms.</param>
/// <param name="RttMs">The same as it was once the sites were empty, on average; null when they never were.</param>
public sealed record DrainResult(
    Fault Fault,
    int Sites,
    long Sessions,
    double? EmptiedAfterS,
    long Migrated,
    long Migrations,
    double PreviewCost,
    double? Cost,
    double PreviewRttMs,
    double? RttMs)
{
    /// <summary>How often a viewer who was asked to move was asked, on average; null when nobody was.</summary>
    public double? MigrationsPerSession => Migrated > 0 ? Migrations / (double)Migrated : null;
}
