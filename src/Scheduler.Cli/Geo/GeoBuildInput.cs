namespace Scheduler.Cli.Geo;

/// <summary>What <c>geo build</c> was asked for.</summary>
/// <param name="Databases">City databases, IPv4 first.</param>
/// <param name="CarrierFiles">Databases of autonomous systems; none splits no cell by carrier.</param>
/// <param name="Cities">List of cities; null when there is none.</param>
/// <param name="Previous">Map whose cells are kept; null to start anew.</param>
/// <param name="Output">File to write.</param>
/// <param name="Source">Name of the source; null for the databases' own.</param>
/// <param name="TargetCells">Cells of places to aim at.</param>
/// <param name="CarrierCells">Most cells of one carrier, beside those.</param>
/// <param name="Quality">Brotli quality.</param>
internal sealed record GeoBuildInput(
    IReadOnlyList<string> Databases, IReadOnlyList<string> CarrierFiles, string? Cities, string? Previous, string Output, string? Source,
    int TargetCells, int CarrierCells, int Quality);
