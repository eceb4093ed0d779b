namespace Scheduler.Cli.Load;

/// <summary>Finds where simulated viewers' addresses come from.</summary>
internal static class ViewerAddresses
{
    /// <summary>The best source at hand.</summary>
    /// <param name="directory">Where to look for geo data, and in the directories over it.</param>
    public static IViewerAddresses Open(string directory)
    {
        // WIRE HERE: CellAddresses over geo-data/world.cells, found from `directory` upwards; the table is for when there is none.
        _ = directory;
        return new CountryAddresses();
    }
}
