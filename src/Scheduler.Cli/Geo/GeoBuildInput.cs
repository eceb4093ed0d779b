namespace Scheduler.Cli.Geo;

/// <summary>What <c>geo build</c> was asked for.</summary>
/// <param name="Databases">City databases, IPv4 first.</param>
/// <param name="Cities">List of cities; null when there is none.</param>
/// <param name="Previous">Map whose cells are kept; null to start anew.</param>
/// <param name="Output">File to write.</param>
/// <param name="Source">Name of the source; null for the databases' own.</param>
/// <param name="TargetCells">Cells to aim at.</param>
/// <param name="Quality">Brotli quality.</param>
internal sealed record GeoBuildInput(
    IReadOnlyList<string> Databases, string? Cities, string? Previous, string Output, string? Source, int TargetCells, int Quality);
