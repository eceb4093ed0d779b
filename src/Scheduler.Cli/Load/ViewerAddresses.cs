using Scheduler.Cli.Geo;
using Scheduler.Core.Geo;

namespace Scheduler.Cli.Load;

/// <summary>Finds where simulated viewers' addresses come from.</summary>
internal static class ViewerAddresses
{
    /// <summary>The best source at hand: the map of cells when there is one that can be read, else the table of countries.</summary>
    /// <param name="directory">Where to look for the map, and in the directories over it; then where the program lies.</param>
    public static IViewerAddresses Open(string directory) =>
        MapFile.Find(directory, AppContext.BaseDirectory) is { } path && MapFile.TryLoad(path, out CellMap? map, out _) && map.Cells.Length > 0
            ? new CellAddresses(map)
            : new CountryAddresses();
}
