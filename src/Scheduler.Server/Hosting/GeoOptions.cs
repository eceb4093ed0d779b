namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Geo</c>.</summary>
public sealed class GeoOptions
{
    /// <summary>The cell map.</summary>
    /// <value>A path; by default <c>geo-data/world.cells</c> above the working directory or the program. A new file is picked up within 5 s.</value>
    public string? Map { get; set; }

    /// <summary>The operator's prefix overrides.</summary>
    /// <value>Path of a CSV or of a coverage-zone JSON; default none. A new file is picked up within 5 s.</value>
    public string? Overrides { get; set; }

    /// <summary>Cell of private, loopback and unknown addresses.</summary>
    /// <value>Id of a cell; by default the one with the most people.</value>
    public string? DefaultCell { get; set; }
}
